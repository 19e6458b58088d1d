package io.gaesup.state.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

class WriteQueueTest {
    private static Task.Append append(long revision, int bytes) {
        return new Task.Append(new Entry.Batch("cart", 1, revision, new byte[bytes], null));
    }

    private static List<Task<?>> take(WriteQueue queue, int entriesMax, long bytesMax) throws InterruptedException {
        var group = new ArrayList<Task<?>>();
        queue.take(group, entriesMax, bytesMax);
        return group;
    }

    private static ErrorCode refusal(Task<?> task) {
        assertThat(task.done).isCompletedExceptionally();
        try {
            task.done.join();
            throw new AssertionError("not refused");
        } catch (CompletionException e) {
            return ((StateException) e.getCause()).code();
        }
    }

    @Test
    void givesGroupsInOrderUpToEitherLimit() throws Exception {
        var queue = new WriteQueue(100, 1000);
        var tasks = List.of(append(1, 10), append(2, 10), append(3, 10), append(4, 60), append(5, 60), append(6, 1));
        tasks.forEach(queue::offer);

        assertThat(take(queue, 2, 1000)).isEqualTo(tasks.subList(0, 2));
        assertThat(take(queue, 9, 65)).isEqualTo(tasks.subList(2, 4));
        assertThat(take(queue, 9, 1)).isEqualTo(tasks.subList(4, 5));
        assertThat(queue.entries()).isEqualTo(1);
        assertThat(queue.bytes()).isEqualTo(1);
    }

    @Test
    void refusesBeyondItsEntries() {
        var queue = new WriteQueue(2, 1000);
        queue.offer(append(1, 1));
        queue.offer(append(2, 1));
        var third = append(3, 1);
        queue.offer(third);

        assertThat(refusal(third)).isEqualTo(ErrorCode.BUSY);
        assertThat(queue.refused()).isEqualTo(1);
        assertThat(queue.entries()).isEqualTo(2);
    }

    @Test
    void refusesBeyondItsBytesButLetsOneLargeEntryIn() throws Exception {
        var queue = new WriteQueue(100, 50);
        var large = append(1, 500);
        queue.offer(large);
        assertThat(large.done).isNotDone();
        var second = append(2, 1);
        queue.offer(second);
        assertThat(refusal(second)).isEqualTo(ErrorCode.BUSY);

        assertThat(take(queue, 9, 9)).isEqualTo(List.of(large));
        var again = append(2, 50);
        queue.offer(again);
        assertThat(again.done).isNotDone();
    }

    @Test
    void givesWhatWaitsAfterClosingAndTakesNothingMore() throws Exception {
        var queue = new WriteQueue(100, 1000);
        var first = append(1, 1);
        queue.offer(first);
        queue.close();
        var late = append(2, 1);
        queue.offer(late);

        assertThat(refusal(late)).isEqualTo(ErrorCode.CLOSED);
        assertThat(take(queue, 9, 9)).isEqualTo(List.of(first));
        assertThat(queue.take(new ArrayList<>(), 9, 9)).isFalse();
    }
}
