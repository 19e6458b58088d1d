package io.gaesup.state.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SiteTest {
    @TempDir
    private Path folder;

    @Test
    void theBuildHasThePackageAndTheDemonstration() throws IOException {
        Path site = Site.folder();
        assertThat(site.resolve("gaesup/state.js")).isRegularFile();
        assertThat(site.resolve("gaesup/engine.wasm")).isRegularFile();
        assertThat(site.resolve("demo/index.html")).isRegularFile();
        assertThat(site.resolve("demo/engine.wasm")).isRegularFile();
    }

    @Test
    void aFileInAJarCanBeReadToo() throws IOException {
        Path jar = folder.resolve("site.jar");
        try (var out = new JarOutputStream(Files.newOutputStream(jar))) {
            for (String directory : List.of("META-INF/", "META-INF/resources/", "META-INF/resources/gaesup/")) {
                out.putNextEntry(new JarEntry(directory));
            }
            out.putNextEntry(new JarEntry("META-INF/resources/gaesup/state.js"));
            out.write("export {}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        }
        try (var classes = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            assertThat(Site.folder(classes).toRealPath().resolve("gaesup/state.js"))
                    .content()
                    .isEqualTo("export {}");
            assertThat(Site.folder(classes)).isEqualTo(Site.folder(classes));
        }
    }

    @Test
    void aClassPathWithoutThemIsSaidToLackThem() throws IOException {
        try (var classes = new URLClassLoader(new URL[0], null)) {
            assertThatThrownBy(() -> Site.folder(classes))
                    .hasMessage(
                            "the class path has no META-INF/resources/gaesup/state.js; build the browser module again");
        }
    }
}
