package io.gaesup.state.browser;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Authority;
import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two pages and the side that orders, joined by arrays of bytes instead of sockets. */
class LinkTest {
    private static final long INCARNATION = 5;
    private static final int NUMBER = 3;

    /** One store on a server: decides, and tells everybody. */
    private static final class Host {
        private final KeyTable keys = KeyTable.giving();
        private final FrameCodec codec = new FrameCodec(_ -> keys);
        private final List<Client> clients = new ArrayList<>();
        private @Nullable Authority authority;

        /** Decides the group and sends what came of it to all that are connected. */
        private void submit(Client from, Frame.Submit submit) {
            for (Authority.Outcome outcome : authority.decide(from.id, submit.group())) {
                from.send(new Frame.Decided(NUMBER, outcome.decision()));
                if (outcome.decision().isApplied() && !outcome.repeated()) {
                    // Encoded once for all: the first use of a key gives it a number, and everybody has to see that.
                    byte[] deltas = codec.encode(
                            new Frame.Deltas(NUMBER, outcome.decision().revision(), List.of(outcome.operations())));
                    clients.forEach(each -> each.send(deltas));
                }
            }
        }
    }

    /** A page, its socket, and what the host knows of it. */
    private static final class Client {
        private final Host host;
        private final String id;
        private final Page page = new Page();
        private final int store;
        private final int link;
        private final List<byte[]> inbox = new ArrayList<>();
        private boolean connected;

        private Client(Host host, String id, @Nullable Value initial) {
            this.host = host;
            this.id = id;
            this.store = initial == null ? page.open("cart") : page.open("cart", initial);
            this.link = page.call(Bridge.LINK, page.put(0, Value.of(id)));
            page.call(Bridge.ATTACH, link, store);
        }

        private void connect() {
            connected = true;
            host.clients.add(this);
            page.call(Bridge.OPENED, link);
            flush();
        }

        /** The socket breaks; what the host had sent and the page had not received is lost. */
        private void disconnect() {
            connected = false;
            host.clients.remove(this);
            inbox.clear();
            page.call(Bridge.LOST, link);
        }

        private void send(Frame frame) {
            send(host.codec.encode(frame));
        }

        private void send(byte[] message) {
            if (connected) {
                inbox.add(message);
            }
        }

        /** Gives the host everything the page wants to send. */
        private void flush() {
            int length = page.call(Bridge.NEXT, link);
            ByteReader in = new ByteReader(page.lanes.bytesAt(0, length));
            while (in.remaining() > 0) {
                switch (host.codec.read(in)) {
                    case Frame.Hello hello -> assertThat(hello.client()).isEqualTo(id);
                    case Frame.Open open -> open(open);
                    case Frame.Submit submit -> host.submit(this, submit);
                    case Frame.Ping ping -> send(new Frame.Pong(ping.nonce()));
                    case Frame other -> throw new AssertionError(other);
                }
            }
        }

        private void open(Frame.Open open) {
            Value initial = open.initial();
            if (host.authority == null && initial != null) {
                host.authority = new Authority(LocalStore.create("cart", initial), (_, _) -> null);
            }
            if (host.authority == null) {
                send(new Frame.Failure("cart", ErrorCode.UNKNOWN_STORE, "there is no store 'cart'"));
                return;
            }
            LocalStore now = host.authority.store();
            List<Decision> decisions =
                    open.oldestPending() == 0 ? List.of() : host.authority.decisionsFrom(id, open.oldestPending());
            send(new Frame.State(
                    NUMBER,
                    "cart",
                    INCARNATION,
                    now.revision(),
                    decisions,
                    host.keys.keys(),
                    now.snapshot().root()));
        }

        /** Gives the page everything the host has sent so far; returns how often its subscriptions fired. */
        private int receive() {
            int fired = 0;
            for (byte[] message : List.copyOf(inbox)) {
                page.call(Bridge.ROOM, message.length);
                page.lanes.putBytes(0, message, 0, message.length);
                fired += page.call(Bridge.RECEIVED, link, message.length);
            }
            inbox.clear();
            return fired;
        }

        private void exchange() {
            flush();
            receive();
        }

        private double pending() {
            page.call(Bridge.STATUS, link);
            return page.lanes.doubleAt(0);
        }

        private List<String> event() {
            assertThat(page.call(Bridge.EVENT, link)).isOne();
            return page.texts(3);
        }
    }

    private final Host host = new Host();
    private final Client ada = new Client(host, "ada", MapValue.of("n", Value.of(1L), "list", ListValue.EMPTY));
    private final Client ben = new Client(host, "ben", null);
    private final int adasN = ada.page.path(ada.store, "/n");
    private final int bensN = ben.page.path(ben.store, "/n");

    private void connectBoth() {
        ada.connect();
        ada.receive();
        ben.connect();
        ben.receive();
    }

    @Test
    void theFirstPageMakesTheStoreAndTheSecondGetsIt() {
        connectBoth();
        assertThat(ben.page.number(bensN)).isEqualTo(1);
        assertThat(ada.page.call(Bridge.STATUS, ada.link)).isZero();
    }

    @Test
    void aStoreNobodyHasIsReportedAndAskedForAgain() {
        ben.connect();
        ben.receive();
        assertThat(ben.event()).containsExactly("cart", "UNKNOWN_STORE", "there is no store 'cart'");
        assertThat(ben.page.call(Bridge.STATUS, ben.link)).isOne();
        ben.page.call(Bridge.ASK, ben.link);
        ben.exchange();
        assertThat(ben.event().subList(0, 2)).containsExactly("cart", "UNKNOWN_STORE");
        ada.connect();
        ben.page.call(Bridge.ASK, ben.link);
        ben.exchange();
        assertThat(ben.page.call(Bridge.STATUS, ben.link)).isZero();
        assertThat(ben.page.number(bensN)).isEqualTo(1);
    }

    @Test
    void anOwnChangeShowsAtOnceAndAtTheOtherAfterTheServer() {
        connectBoth();
        ada.page.add(ada.store, adasN, 10);
        assertThat(ada.page.number(adasN)).isEqualTo(11);
        assertThat(ada.pending()).isEqualTo(1);
        ada.exchange();
        assertThat(ada.pending()).isZero();
        assertThat(ben.page.number(bensN)).isEqualTo(1);
        int told = ben.page.call(Bridge.SUBSCRIBE, bensN);
        assertThat(ben.receive()).isOne();
        assertThat(ben.page.fired(1)).containsExactly(told);
        assertThat(ben.page.number(bensN)).isEqualTo(11);
    }

    @Test
    void bothSidesAddAndNothingIsLost() {
        connectBoth();
        for (int i = 0; i < 20; i++) {
            ada.page.add(ada.store, adasN, 1);
            ben.page.add(ben.store, bensN, 100);
            (i % 3 == 0 ? ada : ben).exchange();
        }
        for (int i = 0; i < 3; i++) {
            ada.exchange();
            ben.exchange();
        }
        assertThat(ada.page.number(adasN)).isEqualTo(2021);
        assertThat(ben.page.number(bensN)).isEqualTo(2021);
    }

    @Test
    void whatTheServerSaysIsCountedAsOperationsAndRevisions() {
        connectBoth();
        for (int i = 0; i < 3; i++) {
            ada.page.add(ada.store, adasN, 1);
            ada.exchange();
        }
        ben.exchange();
        ben.page.call(Bridge.STATUS, ben.link);
        assertThat(ben.page.lanes.doubleAt(8)).as("operations").isEqualTo(3);
        ben.page.call(Bridge.REVISION, ben.store);
        assertThat(ben.page.lanes.doubleAt(0)).as("revision").isEqualTo(3);
    }

    @Test
    void aLostAnswerIsAskedForAgainAndAppliesOnce() {
        connectBoth();
        ada.page.add(ada.store, adasN, 10);
        ada.flush();
        ada.disconnect();
        ada.page.add(ada.store, adasN, 100);
        assertThat(ada.page.number(adasN)).isEqualTo(111);
        ada.connect();
        ada.receive();
        ada.exchange();
        assertThat(ada.page.number(adasN)).isEqualTo(111);
        assertThat(ada.pending()).isZero();
        assertThat(host.authority.store().get(Path.of("/n"))).isEqualTo(Value.of(111L));
    }

    @Test
    void aRefusedChangeDisappearsAndIsReported() {
        connectBoth();
        ben.page.set(ben.store, bensN, Value.of("text"));
        ben.flush();
        ada.page.add(ada.store, adasN, 1);
        ada.flush();
        ada.receive();
        assertThat(ada.event().subList(0, 2)).containsExactly("cart", "NOT_A_NUMBER");
        assertThat(ada.pending()).isZero();
    }

    @Test
    void aMissingDeltaIsNoticedAndTheWholeStoreAskedFor() {
        connectBoth();
        ada.page.add(ada.store, adasN, 1_000);
        ada.exchange();
        ben.receive();
        ada.page.add(ada.store, adasN, 10);
        ada.exchange();
        ben.inbox.clear();
        ada.page.add(ada.store, adasN, 100);
        ada.exchange();
        ben.receive();
        assertThat(ben.event().subList(0, 2)).containsExactly("cart", "BAD_REQUEST");
        ben.exchange();
        assertThat(ben.page.number(bensN)).isEqualTo(1_111);
    }

    @Test
    void whatCannotBeReadIsAnErrorOfTheConnection() {
        connectBoth();
        ada.page.lanes.putInt(0, 0x7f);
        ada.page.call(Bridge.RECEIVED, ada.link, 1);
        assertThat(ada.event().subList(0, 2)).containsExactly("", "MALFORMED");
    }

    @Test
    void afterTheEndTheStoreGoesOnAlone() {
        connectBoth();
        int told = ada.page.call(Bridge.SUBSCRIBE, adasN);
        ada.page.call(Bridge.CLOSE, ada.link);
        assertThat(ada.page.fired(ada.page.add(ada.store, adasN, 1))).containsExactly(told);
        assertThat(ada.page.number(adasN)).isEqualTo(2);
        assertThat(ada.page.call(Bridge.NEXT, ada.link)).isZero();
    }

    @Test
    void aStoreHasOneConnectionAtATime() {
        int second = ada.page.call(Bridge.LINK, ada.page.put(0, Value.of("again")));
        assertThat(ada.page.bridge.call(Bridge.ATTACH, second, ada.store, 0)).isEqualTo(Bridge.REFUSED);
        assertThat(ada.page.refusal()).isEqualTo("BAD_REQUEST\nstore 'cart' is connected already");
    }
}
