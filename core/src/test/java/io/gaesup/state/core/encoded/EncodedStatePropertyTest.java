package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import io.gaesup.state.core.codec.MessagePack;
import java.io.IOException;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Laws of encoded states, laid out finely so that small documents have many blocks and nodes. */
final class EncodedStatePropertyTest {

    @Provide
    Arbitrary<Value> values() {
        return Values.values();
    }

    @Provide
    Arbitrary<EncodedOptions> options() {
        return Combinators.combine(
                        Arbitraries.integers().between(6, 10),
                        Arbitraries.integers().between(4, 9))
                .as((block, grain) -> new EncodedOptions(1 << block, 1 << grain));
    }

    @Property
    void decodingGivesBackWhatWasEncoded(@ForAll("values") Value value, @ForAll("options") EncodedOptions options) {
        byte[] bytes = EncodedState.encode(value, Platform.PORTABLE, options);
        EncodedState state = EncodedState.of(bytes);
        assertThat(state.decode()).isEqualTo(value);
        assertThat(state.options()).isEqualTo(options);
        assertThat(EncodedState.encode(state.decode(), Platform.PORTABLE, options))
                .isEqualTo(bytes);
        state.verify();
    }

    @Property
    void readingIsTheSameAsDecodingAndThenReading(
            @ForAll("values") Value value, @ForAll("options") EncodedOptions options) {
        EncodedState state = EncodedState.of(EncodedState.encode(value, Platform.PORTABLE, options));
        for (Path path : Documents.paths(value)) {
            assertThat(state.read(path)).as("%s", path).isEqualTo(Documents.find(value, path));
        }
    }

    @Property
    void thePayloadIsOrdinaryMessagePack(@ForAll("values") Value value, @ForAll("options") EncodedOptions options)
            throws IOException {
        byte[] payload = EncodedState.of(EncodedState.encode(value, Platform.PORTABLE, options))
                .payload();
        assertThat(payload).isEqualTo(MessagePack.encode(value));
        try (var unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(payload)) {
            unpacker.skipValue();
            assertThat(unpacker.getTotalReadBytes()).isEqualTo(payload.length);
        }
    }
}
