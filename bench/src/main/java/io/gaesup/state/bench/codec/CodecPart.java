package io.gaesup.state.bench.codec;

import io.gaesup.state.bench.Part;
import io.gaesup.state.bench.jmh.JmhPart;
import io.gaesup.state.bench.jmh.Question;
import io.gaesup.state.bench.jmh.Question.Promise;
import java.util.List;

/** {@code ./gaesup bench codec}: documents as bytes. */
public final class CodecPart {

    private static final List<Question> QUESTIONS = List.of(
            new Question(
                    "encode 1 MB as MessagePack",
                    Encoding.class,
                    "encodeOurs",
                    List.of("encodeMsgpackCore", "encodeJackson", "encodeJacksonJson"),
                    List.of("encodeJacksonJson"),
                    List.of(new Promise("codec.encode-vs-msgpack", 1, List.of("encodeMsgpackCore", "encodeJackson")))),
            new Question(
                    "decode 1 MB of MessagePack",
                    Encoding.class,
                    "decodeOurs",
                    List.of("decodeMsgpackCore", "decodeJackson", "decodeJacksonJson"),
                    List.of("decodeJacksonJson"),
                    List.of(new Promise("codec.decode-vs-msgpack", 1, List.of("decodeMsgpackCore", "decodeJackson")))),
            new Question(
                    "decompress 1 MB of LZ4",
                    Lz4Blocks.class,
                    "decompressOurs",
                    List.of("decompressLz4Java"),
                    List.of(),
                    List.of(new Promise("codec.lz4-decode-vs-lz4-java", 0.5, List.of("decompressLz4Java")))),
            new Question(
                    "compress 1 MB as LZ4",
                    Lz4Blocks.class,
                    "compressOurs",
                    List.of("compressLz4Java"),
                    List.of(),
                    List.of()));

    private CodecPart() {}

    public static Part part() {
        return new JmhPart(
                "codec", "documents as bytes: MessagePack and LZ4, beside the libraries for the same forms", QUESTIONS);
    }
}
