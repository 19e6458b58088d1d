package io.gaesup.state.bench.codec;

import io.gaesup.state.bench.Part;
import io.gaesup.state.bench.Report;
import io.gaesup.state.bench.Settings;
import io.gaesup.state.bench.jmh.JmhPart;
import io.gaesup.state.bench.jmh.Question;
import io.gaesup.state.bench.jmh.Question.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code ./gaesup bench codec}: documents as bytes. */
public final class CodecPart implements Part {

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
                    List.of()),
            new Question(
                    "one field of an encoded state of 1 MB",
                    FieldRead.class,
                    "ours",
                    List.of("decodeThenRead", "msgpackCoreAndLz4Java"),
                    List.of(),
                    List.of(new Promise(
                            "codec.field-read-vs-decode", 20, List.of("decodeThenRead", "msgpackCoreAndLz4Java")))),
            new Question(
                    "delta of 100 changes between encoded states of 1 MB",
                    EncodedDeltas.class,
                    "ours",
                    List.of("decodeBothThenCompare"),
                    List.of("ours"),
                    List.of()));

    private static final List<String> LENGTHS = List.of("64", "256", "1K", "8K", "64K", "1M");
    private static final List<String> LENGTHS_IN_QUICK = List.of("64", "1M");
    private static final List<String> STATES = List.of("64K", "256K", "1M", "4M");

    private final JmhPart measured = new JmhPart(
            "codec",
            "documents as bytes: MessagePack, LZ4, encoded states, beside the libraries and plain ways",
            questions());

    @Override
    public String name() {
        return measured.name();
    }

    @Override
    public String question() {
        return measured.question();
    }

    @Override
    public Report run(Settings settings) throws Exception {
        return DeltaBytes.addTo(measured.run(settings));
    }

    private static List<Question> questions() {
        var questions = new ArrayList<>(QUESTIONS);
        for (var length : LENGTHS) {
            questions.add(new Question(
                    "find " + length + " equal bytes equal",
                    Comparing.class,
                    "ours" + length,
                    List.of("scalar" + length),
                    LENGTHS_IN_QUICK.contains(length) ? List.of() : List.of("ours" + length),
                    List.of(new Promise(
                            "codec.compare-" + length.toLowerCase(Locale.ROOT) + "-vs-scalar",
                            4,
                            List.of("scalar" + length)))));
        }
        for (var size : STATES) {
            questions.add(new Question(
                    "decode an encoded state of " + size + " with all processors",
                    ParallelDecoding.class,
                    "all" + size,
                    List.of("one" + size),
                    List.of("all" + size),
                    List.of(new Promise(
                            "codec.parallel-decode-" + size.toLowerCase(Locale.ROOT) + "-vs-one",
                            1,
                            List.of("one" + size)))));
        }
        return questions;
    }
}
