package io.gaesup.state.bench.codec;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.gaesup.state.bench.engine.Documents;
import io.gaesup.state.bench.engine.Forms;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.MessagePack;
import java.io.IOException;
import org.msgpack.jackson.dataformat.MessagePackFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What do encoding and decoding a document of 1 MB as MessagePack cost, each library with its own tree of values?
 *
 * <p>Back of the envelope: 53,000 keys and 53,000 values; at 10 to 20 ns each 1 to 2 ms either way. Jackson's JSON stands
 * beside it for those who ask what a binary form saves; it is another format and no bar.
 */
public class Encoding {

    @State(Scope.Thread)
    public static class Ours {
        final Value document = Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS));
        final byte[] bytes = MessagePack.encode(document);
    }

    @State(Scope.Thread)
    public static class MsgpackCore {
        final org.msgpack.value.Value document = Forms.msgpack(Documents.orders(Documents.MEGABYTE_ROWS));
        final byte[] bytes = encode();

        byte[] encode() {
            try (var packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
                packer.packValue(document);
                return packer.toByteArray();
            } catch (IOException impossible) {
                throw new AssertionError("packing into memory failed", impossible);
            }
        }

        org.msgpack.value.Value decode() throws IOException {
            try (var unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(bytes)) {
                return unpacker.unpackValue();
            }
        }
    }

    @State(Scope.Thread)
    public static class JacksonMsgpack {
        final ObjectMapper mapper = new ObjectMapper(new MessagePackFactory());
        final byte[] bytes = new MsgpackCore().bytes;
        final com.fasterxml.jackson.databind.JsonNode document = decode();

        com.fasterxml.jackson.databind.JsonNode decode() {
            try {
                return mapper.readTree(bytes);
            } catch (IOException impossible) {
                throw new AssertionError("reading from memory failed", impossible);
            }
        }
    }

    @State(Scope.Thread)
    public static class JacksonJson {
        final JsonMapper mapper = new JsonMapper();
        final JsonNode document = Forms.jackson(Documents.orders(Documents.MEGABYTE_ROWS));
        final byte[] bytes = mapper.writeValueAsBytes(document);
    }

    @Benchmark
    public Object encodeOurs(Ours ours) {
        return MessagePack.encode(ours.document);
    }

    @Benchmark
    public Object encodeMsgpackCore(MsgpackCore peer) {
        return peer.encode();
    }

    @Benchmark
    public Object encodeJackson(JacksonMsgpack peer) throws IOException {
        return peer.mapper.writeValueAsBytes(peer.document);
    }

    @Benchmark
    public Object encodeJacksonJson(JacksonJson peer) {
        return peer.mapper.writeValueAsBytes(peer.document);
    }

    @Benchmark
    public Object decodeOurs(Ours ours) {
        return MessagePack.decode(ours.bytes);
    }

    @Benchmark
    public Object decodeMsgpackCore(MsgpackCore peer) throws IOException {
        return peer.decode();
    }

    @Benchmark
    public Object decodeJackson(JacksonMsgpack peer) {
        return peer.decode();
    }

    @Benchmark
    public Object decodeJacksonJson(JacksonJson peer) {
        return peer.mapper.readTree(peer.bytes);
    }
}
