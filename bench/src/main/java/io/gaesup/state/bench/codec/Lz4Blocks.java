package io.gaesup.state.bench.codec;

import io.gaesup.state.bench.engine.Documents;
import io.gaesup.state.bench.engine.Forms;
import io.gaesup.state.core.codec.Lz4;
import io.gaesup.state.core.codec.MessagePack;
import java.util.Arrays;
import net.jpountz.lz4.LZ4Factory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What do writing and reading a document of 1 MB as an LZ4 block cost, in Java without native code and without {@code
 * Unsafe}?
 *
 * <p>Back of the envelope: 40,000 sequences of 20 bytes; reading is a mispredicted branch and two short copies for each,
 * 10 ns: 0.4 ms. Writing looks at most positions once: 1 to 2 ns each, 1 to 2 ms.
 */
public class Lz4Blocks {

    @State(Scope.Thread)
    public static class Block {
        final byte[] document = MessagePack.encode(Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS)));
        final byte[] block = compressed();
        final byte[] target = new byte[Lz4.compressedLengthMax(document.length)];

        private byte[] compressed() {
            byte[] bytes = new byte[Lz4.compressedLengthMax(document.length)];
            return Arrays.copyOf(bytes, Lz4.compress(document, 0, document.length, bytes, 0));
        }
    }

    @Benchmark
    public Object decompressOurs(Block block) {
        Lz4.decompress(block.block, 0, block.block.length, block.target, 0, block.document.length);
        return block.target;
    }

    @Benchmark
    public Object decompressLz4Java(Block block) {
        LZ4Factory.safeInstance().safeDecompressor().decompress(block.block, block.target);
        return block.target;
    }

    @Benchmark
    public int compressOurs(Block block) {
        return Lz4.compress(block.document, 0, block.document.length, block.target, 0);
    }

    @Benchmark
    public int compressLz4Java(Block block) {
        return LZ4Factory.safeInstance().fastCompressor().compress(block.document, block.target);
    }
}
