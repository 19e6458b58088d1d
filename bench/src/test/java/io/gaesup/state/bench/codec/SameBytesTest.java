package io.gaesup.state.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.bench.engine.Documents;
import io.gaesup.state.bench.engine.Forms;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import net.jpountz.lz4.LZ4Factory;
import org.junit.jupiter.api.Test;

/** All contenders of the codec part come to the same result. */
final class SameBytesTest {

    @Test
    void everyEncoderWritesTheSameDocument() throws IOException {
        var expected = Documents.orders(Documents.MEGABYTE_ROWS);
        var encoding = new Encoding();
        var peer = new Encoding.MsgpackCore();
        var json = new Encoding.JacksonJson();

        for (var bytes : List.of(
                encoding.encodeOurs(new Encoding.Ours()),
                encoding.encodeMsgpackCore(peer),
                encoding.encodeJackson(new Encoding.JacksonMsgpack()))) {
            try (var unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker((byte[]) bytes)) {
                assertThat(Forms.plain(unpacker.unpackValue())).isEqualTo(expected);
            }
        }
        assertThat(Forms.plain(json.mapper.readTree((byte[]) encoding.encodeJacksonJson(json))))
                .isEqualTo(expected);
    }

    @Test
    void everyDecoderReadsTheSameDocument() throws IOException {
        var expected = Documents.orders(Documents.MEGABYTE_ROWS);
        var encoding = new Encoding();

        assertThat(Forms.plain(encoding.decodeOurs(new Encoding.Ours()))).isEqualTo(expected);
        assertThat(Forms.plain(encoding.decodeMsgpackCore(new Encoding.MsgpackCore())))
                .isEqualTo(expected);
        assertThat(Forms.plain(encoding.decodeJackson(new Encoding.JacksonMsgpack())))
                .isEqualTo(expected);
        assertThat(Forms.plain(encoding.decodeJacksonJson(new Encoding.JacksonJson())))
                .isEqualTo(expected);
    }

    @Test
    void bothReadersOfBlocksReadTheSame() {
        var blocks = new Lz4Blocks();

        for (var block : List.of(new Lz4Blocks.Block(), new Lz4Blocks.Block())) {
            assertThat(Arrays.copyOf((byte[]) blocks.decompressOurs(block), block.document.length))
                    .isEqualTo(block.document);
            Arrays.fill(block.target, (byte) 0);
            assertThat(Arrays.copyOf((byte[]) blocks.decompressLz4Java(block), block.document.length))
                    .isEqualTo(block.document);
        }
    }

    @Test
    void bothWritersOfBlocksWriteTheSameDocument() {
        var blocks = new Lz4Blocks();
        var block = new Lz4Blocks.Block();

        int ours = blocks.compressOurs(block);
        assertThat(LZ4Factory.safeInstance()
                        .safeDecompressor()
                        .decompress(block.target, 0, ours, block.document.length))
                .isEqualTo(block.document);
        int theirs = blocks.compressLz4Java(block);
        assertThat(LZ4Factory.safeInstance()
                        .safeDecompressor()
                        .decompress(block.target, 0, theirs, block.document.length))
                .isEqualTo(block.document);
        assertThat(ours).as("ours is no longer").isLessThanOrEqualTo(theirs);
    }
}
