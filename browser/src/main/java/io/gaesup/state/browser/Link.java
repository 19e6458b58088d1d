package io.gaesup.state.browser;

import io.gaesup.state.core.Commit;
import io.gaesup.state.core.Committed;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Replica;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The client's side of one connection: takes messages from a server, gives messages for it, and keeps the stores
 * attached to it in step. Opening sockets, and waiting before the next try, is JavaScript's part.
 */
final class Link {
    /** Something the page should hear of: an error about a store, or about the connection if {@code store} is empty. */
    record Event(String store, String code, String message) {}

    /** How many events wait for the page; the oldest is dropped for one more. */
    static final int EVENTS_MAX = 1_000;

    /** A message of this size is sent before more groups go into it. */
    private static final int MESSAGE_BYTES_FULL = 1024 * 1024;

    private static final int NO_NUMBER = -1;

    private static final class Member {
        private final Room room;
        private final Replica replica;
        private final KeyTable keys = KeyTable.learning();

        /** What the server calls the store on this socket; {@link #NO_NUMBER} until it has said so. */
        private int number = NO_NUMBER;

        /** Whether the server has answered the last question for the store: before that its deltas are not for us. */
        private boolean answered;

        /** Whether the server's answer was that it has no such store. */
        private boolean missing;

        private Member(Room room, Replica replica) {
            this.room = room;
            this.replica = replica;
        }

        private void answer(int newNumber, List<String> newKeys) {
            number = newNumber;
            answered = true;
            missing = false;
            keys.reset(newKeys);
        }
    }

    private final String client;
    private final FrameCodec codec = new FrameCodec(this::keysOf);
    private final List<Member> members = new ArrayList<>();
    private final ArrayDeque<Event> events = new ArrayDeque<>();
    private final ByteWriter out = new ByteWriter();
    private boolean open;
    private long pings;
    private long operations;

    Link(String client) {
        this.client = client;
    }

    /** From now on the store is a replica of the server's one of the same name. */
    void attach(Room room) {
        Member member = new Member(room, room.attach(this));
        members.add(member);
        if (open) {
            ask(member);
        }
    }

    /** Ends it: the stores go on alone with what they show. */
    void close() {
        open = false;
        for (Member member : members) {
            member.room.detach();
        }
        members.clear();
        out.reset();
    }

    /** The socket is open. */
    void opened() {
        open = true;
        out.reset();
        codec.write(out, new Frame.Hello(Frame.VERSION, client));
        members.forEach(this::ask);
    }

    /** The socket is gone; what was not confirmed is sent again over the next one. */
    void lost() {
        open = false;
        out.reset();
        for (Member member : members) {
            member.number = NO_NUMBER;
            member.answered = false;
            member.replica.disconnected();
        }
    }

    /** A message from the server. What cannot be read becomes an event about the connection, after which it is lost. */
    void received(byte[] message) {
        ByteReader in = new ByteReader(message);
        try {
            while (in.remaining() > 0) {
                take(codec.read(in));
            }
        } catch (StateException e) {
            report("", e.code().name(), e.detail());
        }
    }

    /** Asks again for what the server did not have. */
    void askAgain() {
        for (Member member : members) {
            if (member.missing) {
                ask(member);
            }
        }
    }

    void ping() {
        codec.write(out, new Frame.Ping(++pings));
    }

    /**
     * The next message, to be taken by {@link #sent}; empty most of the time. Groups of several stores leave together while
     * they are small: what is left out of a message is in the next one.
     */
    ByteWriter unsent() {
        for (Member member : members) {
            if (out.size() >= MESSAGE_BYTES_FULL) {
                break;
            }
            Submission.Group group = member.answered ? member.replica.nextGroup() : null;
            if (group != null) {
                codec.write(out, new Frame.Submit(member.number, group));
            }
        }
        return out;
    }

    void sent() {
        out.reset();
    }

    @Nullable
    Event nextEvent() {
        return events.poll();
    }

    /** How many batches the server has not confirmed. */
    int pending() {
        int pending = 0;
        for (Member member : members) {
            pending += member.replica.pendingCount();
        }
        return pending;
    }

    /** How many operations came from the server in deltas. */
    long operations() {
        return operations;
    }

    /** How many stores wait for the server's first word on this socket. */
    int waiting() {
        int waiting = 0;
        for (Member member : members) {
            waiting += member.answered ? 0 : 1;
        }
        return waiting;
    }

    /** Reports it if the server refuses the batch. */
    void follow(Room room, Commit commit) {
        commit.committed().whenDone(new Committed.Callback() {
            @Override
            public void confirmed(long revision) {}

            @Override
            public void failed(StateException reason) {
                report(room.name, reason.code().name(), reason.detail());
            }
        });
    }

    /** Where a store was never confirmed, the page's initial value is what the server may make it of. */
    private void ask(Member member) {
        member.missing = false;
        Replica replica = member.replica;
        boolean unknown = replica.incarnation() == Replica.NO_INCARNATION;
        codec.write(
                out,
                new Frame.Open(
                        member.room.name,
                        replica.incarnation(),
                        replica.revision(),
                        replica.oldestPending(),
                        unknown ? member.room.initial : null));
    }

    private void take(Frame frame) {
        switch (frame) {
            case Frame.State state -> {
                Member member = named(state.store());
                if (member != null) {
                    member.answer(state.number(), state.keys());
                    member.replica.state(state.incarnation(), state.revision(), state.root(), state.decisions());
                }
            }
            case Frame.Resumed resumed -> {
                Member member = named(resumed.store());
                if (member != null) {
                    member.answer(resumed.number(), resumed.keys());
                    member.replica.resume(resumed.decisions());
                }
            }
            case Frame.Deltas deltas -> takeDeltas(deltas);
            case Frame.Decided decided -> {
                Member member = numbered(decided.number());
                if (member != null) {
                    member.replica.decide(decided.decision());
                }
            }
            case Frame.Failure failure -> takeFailure(failure);
            case Frame.Welcome _, Frame.Pong _ -> {}
            case Frame.Hello _, Frame.Open _, Frame.Leave _, Frame.Submit _, Frame.Ping _ ->
                throw new StateException(ErrorCode.BAD_REQUEST, "the server sent a frame that only clients send");
        }
    }

    private void takeDeltas(Frame.Deltas deltas) {
        Member member = numbered(deltas.number());
        if (member == null || !member.answered) {
            return;
        }
        try {
            deltas.batches().forEach(batch -> operations += batch.size());
            member.replica.deltas(deltas.first(), deltas.batches());
        } catch (StateException e) {
            report(member.room.name, e.code().name(), e.detail());
            askForAll(member);
        }
    }

    private void takeFailure(Frame.Failure failure) {
        Member member = named(failure.store());
        if (member != null && failure.code() == ErrorCode.STALE_REVISION) {
            member.replica.sendAgain();
            return;
        }
        if (member != null && (failure.code() == ErrorCode.UNKNOWN_STORE || failure.code() == ErrorCode.CLOSED)) {
            member.answered = false;
            member.missing = true;
            member.replica.disconnected();
        }
        report(failure.store(), failure.code().name(), failure.message());
    }

    /** The replica has lost the thread: the whole store, please. Until it comes, deltas are not for us. */
    private void askForAll(Member member) {
        member.answered = false;
        member.replica.disconnected();
        codec.write(
                out, new Frame.Open(member.room.name, Replica.NO_INCARNATION, 0, member.replica.oldestPending(), null));
    }

    private void report(String store, String code, String message) {
        if (events.size() == EVENTS_MAX) {
            events.poll();
        }
        events.add(new Event(store, code, message));
    }

    private @Nullable KeyTable keysOf(int number) {
        Member member = numbered(number);
        return member == null ? null : member.keys;
    }

    private @Nullable Member numbered(int number) {
        for (Member member : members) {
            if (member.number == number) {
                return member;
            }
        }
        return null;
    }

    private @Nullable Member named(String store) {
        for (Member member : members) {
            if (member.room.name.equals(store)) {
                return member;
            }
        }
        return null;
    }
}
