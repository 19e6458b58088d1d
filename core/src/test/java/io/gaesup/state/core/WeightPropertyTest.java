package io.gaesup.state.core;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;

/** What a replica reckons a batch takes on its way is never less than what it takes, and not much more. */
@Label("the weight of batches")
final class WeightPropertyTest {

    /** A frame beside its batches: kind, store, base, count, sequence. */
    private static final int FRAME = 24;

    @Property
    void isWhatTheFrameTakesAtMost(@ForAll long document, @ForAll long edits) {
        Value root = StorePropertyTest.document(document);
        List<Operation> batch = new RandomEdits(new SplittableRandom(edits), List.of(root)).batch(Plain.of(root));
        List<Operation> operations = StorePropertyTest.inModel(Plain.of(root), batch) instanceof ErrorCode
                ? batch
                : new Tree(root).applyResolved(batch);

        KeyTable keys = KeyTable.learning();
        byte[] frame = new FrameCodec(number -> keys)
                .encode(new Frame.Submit(1, new Submission.Group(1, List.of(new Submission(1, operations)))));

        long weight = Weight.of(operations);
        assertThat((long) frame.length).as("%s", operations).isLessThanOrEqualTo(weight + FRAME);
        assertThat(weight).isLessThanOrEqualTo(3L * frame.length + 64);
    }
}
