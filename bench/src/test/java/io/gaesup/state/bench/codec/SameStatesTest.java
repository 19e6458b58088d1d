package io.gaesup.state.bench.codec;

import static org.assertj.core.api.Assertions.assertThat;

import com.flipkart.zjsonpatch.Jackson3JsonPatch;
import io.gaesup.state.bench.engine.Documents;
import io.gaesup.state.bench.engine.Forms;
import io.gaesup.state.core.Delta;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.encoded.EncodedDelta;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** All ways to get at an encoded state come to the same result. */
final class SameStatesTest {

    @Test
    void everyReaderFindsTheSameField() throws IOException {
        var bench = new FieldRead();
        var expected = Forms.plain(Forms.ours(Documents.orders(Documents.MEGABYTE_ROWS)));
        var found = bench.ours(new FieldRead.Ours());
        assertThat(found).isInstanceOf(Value.Float.class);
        assertThat(bench.decodeThenRead(new FieldRead.Ours())).isEqualTo(found);
        assertThat(Forms.plain(bench.msgpackCoreAndLz4Java(new FieldRead.Library())))
                .isEqualTo(((Value.Float) found).value());
        assertThat(expected.toString()).contains(((Value.Float) found).value() + "");
    }

    @Test
    void allProcessorsDecodeWhatOneDoes() {
        var bench = new ParallelDecoding();
        assertThat(bench.all64K(new ParallelDecoding.Of64K()).equals(bench.one64K(new ParallelDecoding.Of64K())))
                .isTrue();
        assertThat(bench.all256K(new ParallelDecoding.Of256K()).equals(bench.one256K(new ParallelDecoding.Of256K())))
                .isTrue();
        assertThat(bench.all1M(new ParallelDecoding.Of1M()).equals(bench.one1M(new ParallelDecoding.Of1M())))
                .isTrue();
    }

    @Test
    void bothComparisonsSeeEqualAndDifferentBytes() {
        var bench = new Comparing();
        var pair = new Comparing.Of256();
        assertThat(bench.ours256(pair)).isEqualTo(bench.scalar256(pair)).isTrue();
        for (int place = 0; place < pair.one.length; place++) {
            pair.other[place]++;
            assertThat(bench.ours256(pair)).isEqualTo(bench.scalar256(pair)).isFalse();
            pair.other[place]--;
        }
    }

    @Test
    void bothDeltasLeadToTheSameDocument() {
        for (var change : EncodedDeltas.Change.values()) {
            var pair = EncodedDeltas.Pair.of(change);
            Delta delta = EncodedDelta.decode(pair.encodedDelta());
            assertThat(delta.applyTo(pair.before().root()).equals(pair.after().root()))
                    .isTrue();
            var before = Forms.jackson(Forms.plain(pair.before().root()));
            assertThat(Forms.plain(Jackson3JsonPatch.apply(pair.jsonPatch(), before)))
                    .isEqualTo(Forms.plain(pair.after().root()));
        }
    }

    @Test
    void bothWaysToCompareStatesFindTheSameChanges() {
        var bench = new EncodedDeltas();
        var states = new EncodedDeltas.States();
        assertThat(bench.ours(states)).hasSize(100).isEqualTo(bench.decodeBothThenCompare(states));
    }
}
