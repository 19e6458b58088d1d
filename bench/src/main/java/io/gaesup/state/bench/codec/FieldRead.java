package io.gaesup.state.bench.codec;

import io.gaesup.state.bench.engine.Documents;
import io.gaesup.state.bench.engine.Forms;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.MessagePack;
import io.gaesup.state.core.encoded.EncodedState;
import io.gaesup.state.core.encoded.Platform;
import io.gaesup.state.core.jvm.JvmPlatform;
import java.io.IOException;
import java.util.Objects;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;
import org.msgpack.value.ValueFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does one field of a document of 1 MB cost that is at rest, as compressed MessagePack?
 *
 * <p>Back of the envelope: decompressing 1 MB takes 0.5 ms, decoding it 1 ms. By the index it is the head, one block of the
 * index and two of the payload: 40 KB to decompress, some 20 us.
 */
public class FieldRead {

    static final int ROW = Documents.MEGABYTE_ROWS / 2;
    private static final Path PRICE = Path.of("/rows").child(ROW).child("price");
    private static final Platform PLATFORM = JvmPlatform.common();

    @State(Scope.Thread)
    public static class Ours {
        final byte[] state = EncodedState.encode(Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS)));
    }

    /** What people do without an index: one LZ4 block of one MessagePack value. */
    @State(Scope.Thread)
    public static class Library {
        final byte[] document = MessagePack.encode(Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS)));
        final byte[] block = LZ4Factory.safeInstance().fastCompressor().compress(document);
    }

    @Benchmark
    public @Nullable Value ours(Ours ours) {
        return EncodedState.of(ours.state, PLATFORM).read(PRICE);
    }

    @Benchmark
    public Object decodeThenRead(Ours ours) {
        var document = (MapValue) EncodedState.of(ours.state, PLATFORM).decode();
        var rows = (ListValue) Objects.requireNonNull(document.get("rows"));
        return Objects.requireNonNull(((MapValue) rows.get(ROW)).get("price"));
    }

    @Benchmark
    public Object msgpackCoreAndLz4Java(Library library) throws IOException {
        byte[] bytes = LZ4Factory.safeInstance().safeDecompressor().decompress(library.block, library.document.length);
        try (var unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(bytes)) {
            var document = unpacker.unpackValue().asMapValue().map();
            var rows = Objects.requireNonNull(document.get(ValueFactory.newString("rows")));
            var row = rows.asArrayValue().get(ROW).asMapValue().map();
            return Objects.requireNonNull(row.get(ValueFactory.newString("price")));
        }
    }
}
