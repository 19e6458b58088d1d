package io.gaesup.state.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.MessagePack;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class BridgeTest {
    private static final int NUMBER = 4;
    private static final int WHOLE = 5;
    private static final int UNCHANGED = 6;
    private static final int CHANGES = 7;

    private final Page page = new Page();

    @Nested
    class Refusals {
        @Test
        void aBadPathIsRefusedWithCodeAndMessageAndTheBridgeGoesOn() {
            int store = page.open("cart");
            assertThat(page.bridge.call(Bridge.PATH, store, page.put(0, Value.of("no slash")), 0))
                    .isEqualTo(Bridge.REFUSED);
            assertThat(page.refusal()).startsWith("BAD_PATH\n").contains("no slash");
            page.set(store, page.path(store, "/n"), Value.of(1L));
        }

        @Test
        void aMessageThatCutASurrogatePairStillArrives() {
            int store = page.open("cart");
            String path = "x".repeat(79) + "🎈";
            assertThat(page.bridge.call(Bridge.PATH, store, page.put(0, Value.of(path)), 0))
                    .isEqualTo(Bridge.REFUSED);
            assertThat(page.refusal()).contains("xxx?…");
        }

        @Test
        void aFailedOperationUndoesItsWholeBatch() {
            int store = page.open("cart", MapValue.of("n", Value.of(1L), "text", Value.of("x")));
            int n = page.path(store, "/n");
            int text = page.path(store, "/text");
            int first = page.intCommand(0, Page.ADD, n, 5);
            int both = first + page.intCommand(first, Page.ADD, text, 5);
            assertThat(page.bridge.call(Bridge.APPLY, store, both, 0)).isEqualTo(Bridge.REFUSED);
            assertThat(page.refusal()).startsWith("NOT_A_NUMBER\n").contains("/text");
            assertThat(page.number(n)).isEqualTo(1);
        }

        @Test
        void memoryBeyondTheLimitIsRefused() {
            assertThat(page.bridge.call(Bridge.ROOM, 1 << 20, 0, 0)).isEqualTo(Bridge.REFUSED);
            assertThat(page.refusal()).startsWith("LIMIT_EXCEEDED\n").contains("1048576");
        }

        @Test
        void aHandleThatWasNeverGivenIsAFaultOfOurs() {
            assertThat(page.bridge.call(Bridge.READ, 7, 0, 0)).isEqualTo(Bridge.BROKEN);
            assertThat(page.refusal()).startsWith("INTERNAL\n");
        }

        @Test
        void anUnknownFunctionIsRefused() {
            assertThat(page.bridge.call(99, 0, 0, 0)).isEqualTo(Bridge.REFUSED);
            assertThat(page.refusal()).isEqualTo("BAD_REQUEST\nthere is no function 99");
        }
    }

    @Nested
    class Subscriptions {
        @Test
        void aCommitSaysWhichSubscriptionsFiredInOrder() {
            int store = page.open("cart", MapValue.of("a", Value.of(1L), "b", Value.of(2L)));
            int a = page.path(store, "/a");
            int root = page.call(Bridge.SUBSCRIBE, page.path(store, ""));
            page.call(Bridge.SUBSCRIBE, page.path(store, "/b"));
            int first = page.call(Bridge.SUBSCRIBE, a);
            int second = page.call(Bridge.SUBSCRIBE, a);
            assertThat(page.fired(page.add(store, a, 1))).containsExactly(root, first, second);
            page.call(Bridge.UNSUBSCRIBE, a, first);
            page.call(Bridge.UNSUBSCRIBE, a, first);
            assertThat(page.fired(page.add(store, a, 1))).containsExactly(root, second);
        }

        @Test
        void moreThanTheFirstLanesHoldStillArrive() {
            int store = page.open("cart", MapValue.of("a", Value.of(1L)));
            int a = page.path(store, "/a");
            for (int i = 0; i < 1_000; i++) {
                page.call(Bridge.SUBSCRIBE, a);
            }
            assertThat(page.fired(page.add(store, a, 1))).hasSize(1_000).doesNotHaveDuplicates();
        }
    }

    @Nested
    class Reads {
        private final int store =
                page.open("cart", MapValue.of("list", ListValue.of(Value.of(1L), Value.of(2L)), "n", Value.of(7L)));
        private final int root = page.path(store, "");

        @Test
        void theFirstReadOfAContainerIsWholeTheNextOnesOnlyWhatChanged() {
            assertThat(page.call(Bridge.READ, root)).isEqualTo(WHOLE);
            assertThat(page.call(Bridge.READ, root)).isEqualTo(UNCHANGED);
            page.set(store, page.path(store, "/list/1"), Value.of("x"));
            assertThat(page.call(Bridge.READ, root)).isEqualTo(CHANGES);
            assertThat(page.lanes.intAt(0)).isOne();
            ByteReader in = new ByteReader(page.lanes.bytesAt(8, 64));
            assertThat(MessagePack.decode(in)).isEqualTo(Value.of(0L));
            assertThat(MessagePack.decode(in)).isEqualTo(Value.of("/list/1"));
            assertThat(MessagePack.decode(in)).isEqualTo(Value.of("x"));
            assertThat(page.call(Bridge.READ, root)).isEqualTo(UNCHANGED);
        }

        @Test
        void settingWhatIsThereAlreadyChangesNothing() {
            page.call(Bridge.READ, root);
            page.set(store, page.path(store, "/list"), ListValue.of(Value.of(1L), Value.of(2L)));
            assertThat(page.call(Bridge.READ, root)).isEqualTo(UNCHANGED);
        }

        @Test
        void intsAreNumbersAsFarAsJavaScriptIsExact() {
            int n = page.path(store, "/n");
            for (long exact : new long[] {0, -1, (1L << 53) - 1, -(1L << 53) + 1}) {
                page.set(store, n, Value.of(exact));
                assertThat(page.call(Bridge.READ, n)).isEqualTo(NUMBER);
                assertThat(page.lanes.doubleAt(0)).isEqualTo((double) exact);
            }
            for (long beyond : new long[] {1L << 53, -(1L << 53), Long.MIN_VALUE, Long.MAX_VALUE}) {
                page.set(store, n, Value.of(beyond));
                assertThat(page.call(Bridge.READ, n)).isEqualTo(WHOLE);
                assertThat(MessagePack.decode(new ByteReader(page.lanes.bytesAt(8, 16))))
                        .isEqualTo(Value.of(beyond));
            }
        }
    }
}
