package io.gaesup.state.bench.footprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.lang.ref.Reference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A JVM that weighs documents in one library's form and prints a line for each: name, stage, bytes, hash of the content.
 *
 * <p>Usage: {@code Scales ROUNDS LIBRARY (NAME FILE)…}
 */
final class Scales {

    /* What a document weighs is what the heap has less of without it: the heap in use after a full collection with the
     * document, less that before it was parsed. The serial collector, told to compact each time, is exact to the byte, and
     * this counts whatever the document alone keeps alive, in whichever caches that may be.
     *
     * Before that, each document is parsed once with every key changed, and dropped. So the code is loaded, and what is
     * no document's own is there; but names, shapes and dictionaries made for the document count as its own. */

    static final String RESULT = "weighed ";
    static final String PARSED = "parsed";
    static final String UPDATED = "updated";
    static final String ARRANGED = "arranged";

    private final Library library;
    private final List<MemoryPoolMXBean> pools = ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .toList();

    private Scales(Library library) {
        this.library = library;
    }

    public static void main(String[] arguments) throws IOException {
        var scales = new Scales(Library.valueOf(arguments[1]));
        for (int round = 0; round < Integer.parseInt(arguments[0]); round++) {
            for (int i = 2; i < arguments.length; i += 2) {
                scales.weigh(arguments[i], Files.readAllBytes(Path.of(arguments[i + 1])));
            }
        }
    }

    private void weigh(String name, byte[] json) {
        boolean isTable = name.equals(FootprintPart.TABLE);
        var changes = new Changes();
        warmUp(json, isTable ? changes : null);
        long before = heapBytes();
        var document = library.parse(json);
        tell(name, PARSED, before, document);
        if (isTable) {
            changes.update(document, FootprintPart.ROWS);
            tell(name, UPDATED, before, document);
            changes.arrange(document, FootprintPart.ROWS);
            tell(name, ARRANGED, before, document);
        }
        // These were there before, so they have to be there to the end.
        Reference.reachabilityFence(json);
        Reference.reachabilityFence(changes);
    }

    private void tell(String name, String stage, long before, Document document) {
        long bytes = heapBytes() - before;
        var hash = Content.hash(document.root());
        System.out.println(RESULT + name + " " + stage + " " + bytes + " " + hash);
    }

    private void warmUp(byte[] json, @Nullable Changes changes) {
        var otherKeys = new String(json, UTF_8).replaceAll("(?<!\\\\)\":", "_\":");
        var document = library.parse(otherKeys.getBytes(UTF_8));
        Content.hash(document.root());
        if (changes != null) {
            var small = library.parse("{\"rows\":[{\"id\":0},{\"id\":1}]}".getBytes(UTF_8));
            changes.update(small, 2);
            changes.arrange(small, 2);
        }
    }

    /** What lives. */
    private long heapBytes() {
        System.gc();
        System.gc();
        long bytes = 0;
        for (var pool : pools) {
            bytes += pool.getCollectionUsage().getUsed();
        }
        return bytes;
    }
}
