package io.gaesup.state.cli;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystemAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;

/** The files for browsers that this program brings along: the package itself at /gaesup/, the demonstration at /demo/. */
final class Site {
    private static final String FOLDER = "META-INF/resources/";
    private static final String SOMETHING = "gaesup/state.js";

    private Site() {}

    /** The folder they are in, on disk or inside a jar. */
    static Path folder() throws IOException {
        return folder(Site.class.getClassLoader());
    }

    static Path folder(ClassLoader classes) throws IOException {
        URL found = classes.getResource(FOLDER + SOMETHING);
        if (found == null) {
            throw new IOException("the class path has no " + FOLDER + SOMETHING + "; build the browser module again");
        }
        try {
            Path file = path(found.toURI());
            return file.resolve("../..").normalize();
        } catch (URISyntaxException e) {
            throw new IOException("the class path has a folder with a name that is no address: " + found, e);
        }
    }

    private static Path path(URI uri) throws IOException {
        if ("jar".equals(uri.getScheme())) {
            try {
                FileSystems.newFileSystem(uri, Map.of());
            } catch (FileSystemAlreadyExistsException e) {
                // Somebody looked before; it stays open as long as the process runs.
                return Path.of(uri);
            }
        }
        return Path.of(uri);
    }
}
