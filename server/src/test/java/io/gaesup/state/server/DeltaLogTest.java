package io.gaesup.state.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import io.gaesup.state.core.wire.OperationCodec;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class DeltaLogTest {

    private final KeyTable keys = KeyTable.giving();

    private byte[] batch(long revision, int length) {
        var out = new ByteWriter();
        OperationCodec.write(
                out, List.of(new Operation.Set(Path.of("/n"), Value.of(revision + "x".repeat(length)))), keys);
        return out.toBytes();
    }

    private DeltaLog log(long since, int batches, int batchesMax, int bytesMax) {
        var log = new DeltaLog(7, since, batchesMax, bytesMax);
        for (long revision = since + 1; revision <= since + batches; revision++) {
            log.append(batch(revision, 10));
        }
        return log;
    }

    /** The revisions a message holds, as each batch says of itself. */
    private List<Long> revisions(DeltaLog.Message message) {
        var in = new ByteReader(message.bytes().getBytes());
        var deltas = (Frame.Deltas) new FrameCodec(number -> keys).read(in);
        in.requireEnd();
        assertThat(deltas.number()).isEqualTo(7);
        assertThat(deltas.first()).isEqualTo(message.from() + 1);
        var found = new ArrayList<Long>();
        for (List<Operation> batch : deltas.batches()) {
            var text = ((Value.Text) ((Operation.Set) batch.getFirst()).value()).value();
            found.add(Long.parseLong(text.substring(0, text.indexOf('x'))));
        }
        return found;
    }

    @Test
    void aMessageHoldsAllThatCameAfterARevision() {
        var log = log(40, 5, 100, 1 << 20);
        assertThat(revisions(log.after(40))).containsExactly(41L, 42L, 43L, 44L, 45L);
        assertThat(revisions(log.after(44))).containsExactly(45L);
    }

    @Test
    void thoseWhoMissTheSameShareTheMessage() {
        var log = log(0, 3, 100, 1 << 20);
        assertThat(log.after(1)).isSameAs(log.after(1));
        assertThat(log.after(0)).isSameAs(log.after(0)).isNotSameAs(log.after(1));
        var before = log.after(1);
        log.append(batch(4, 10));
        assertThat(log.after(1)).isNotSameAs(before);
        assertThat(revisions(log.after(1))).containsExactly(2L, 3L, 4L);
    }

    @Test
    void theOldestMakeRoomByCount() {
        var log = log(0, 1000, 64, 1 << 20);
        assertThat(log.last()).isEqualTo(1000);
        assertThat(log.reaches(936)).isTrue();
        assertThat(log.reaches(935)).isFalse();
        assertThat(revisions(log.after(936))).hasSize(64).startsWith(937L).endsWith(1000L);
    }

    @Test
    void theOldestMakeRoomByBytesAndTheNewestAlwaysStays() {
        var log = log(0, 10, 100, 100);
        log.append(batch(11, 5000));
        assertThat(log.reaches(10)).isTrue();
        assertThat(log.reaches(9)).isFalse();
        assertThat(revisions(log.after(10))).containsExactly(11L);
        log.append(batch(12, 10));
        assertThat(log.reaches(10)).isFalse();
        assertThat(revisions(log.after(11))).containsExactly(12L);
    }

    @Test
    void aReaderFarBehindGetsSeveralMessages() {
        var log = new DeltaLog(7, 0, 1000, 1 << 24);
        for (int revision = 1; revision <= 40; revision++) {
            log.append(batch(revision, 20_000));
        }
        var found = new ArrayList<Long>();
        int messages = 0;
        for (long sent = 0; sent < log.last(); messages++) {
            var message = log.after(sent);
            assertThat(message.bytes().length()).isLessThan(DeltaLog.MESSAGE_BYTES_MAX + 64);
            found.addAll(revisions(message));
            sent = message.to();
        }
        assertThat(found).hasSize(40).isSorted().startsWith(1L).endsWith(40L);
        assertThat(messages).isEqualTo(4);
    }

    @Test
    void nobodyIsAheadOfTheLog() {
        var log = log(5, 2, 100, 1 << 20);
        assertThat(log.reaches(7)).isTrue();
        assertThat(log.reaches(8)).isFalse();
        assertThat(log.reaches(5)).isTrue();
        assertThat(log.reaches(4)).isFalse();
    }
}
