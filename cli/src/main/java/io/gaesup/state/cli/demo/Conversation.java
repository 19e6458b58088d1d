package io.gaesup.state.cli.demo;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Replica;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.wire.Frame;
import io.gaesup.state.core.wire.FrameCodec;
import io.gaesup.state.core.wire.KeyTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a client with some replicas and a server tell each other, over one link after the other. A store that the server
 * has none of is made of the replica's first value. Threads: one.
 */
final class Conversation {

    private record Member(Replica replica, Value initial) {}

    private final String client;
    private final Map<String, Member> members = new HashMap<>();
    private final Map<Integer, Replica> numbered = new HashMap<>();
    private final Map<Integer, KeyTable> tables = new HashMap<>();
    private final FrameCodec codec = new FrameCodec(tables::get);

    Conversation(String client) {
        this.client = client;
    }

    Replica add(String store, Value initial) {
        Replica replica = new Replica(store, initial);
        members.put(store, new Member(replica, initial));
        return replica;
    }

    /** Says hello over a new link and asks for all stores. */
    void begin(Link link) throws IOException, InterruptedException {
        numbered.clear();
        tables.clear();
        ByteWriter out = new ByteWriter();
        codec.write(out, new Frame.Hello(Frame.VERSION, client));
        for (Member member : members.values()) {
            Replica replica = member.replica;
            codec.write(out, open(member, replica.incarnation(), replica.revision()));
        }
        link.send(out.toBytes());
    }

    /** The link is gone. */
    void end() {
        members.values().forEach(member -> member.replica.disconnected());
    }

    /** Whether the server has answered for every store. */
    boolean isReady() {
        return numbered.size() == members.size();
    }

    /** Sends what the replicas have for the server. */
    void send(Link link) throws IOException, InterruptedException {
        ByteWriter out = new ByteWriter();
        numbered.forEach((number, replica) -> {
            Submission.Group group = replica.nextGroup();
            if (group != null) {
                codec.write(out, new Frame.Submit(number, group));
            }
        });
        if (out.size() > 0) {
            link.send(out.toBytes());
        }
    }

    /** Takes one message of the server. */
    void receive(Link link, byte[] message) throws IOException, InterruptedException {
        ByteReader in = new ByteReader(message);
        List<Frame> answers = new ArrayList<>();
        while (in.remaining() > 0) {
            receive(codec.read(in), answers);
        }
        for (Frame answer : answers) {
            link.send(codec.encode(answer));
        }
    }

    private void receive(Frame frame, List<Frame> answers) {
        switch (frame) {
            case Frame.Welcome _, Frame.Pong _ -> {}
            case Frame.State state -> {
                Replica replica = begin(state.number(), state.store(), state.keys());
                replica.state(state.incarnation(), state.revision(), state.root(), state.decisions());
            }
            case Frame.Resumed resumed ->
                begin(resumed.number(), resumed.store(), resumed.keys()).resume(resumed.decisions());
            case Frame.Deltas deltas -> {
                Replica replica = replica(deltas.number());
                try {
                    replica.deltas(deltas.first(), deltas.batches());
                } catch (StateException e) {
                    // It missed something or knows better: all of it, please.
                    answers.add(open(member(replica.name()), Replica.NO_INCARNATION, 0));
                }
            }
            case Frame.Decided decided -> replica(decided.number()).decide(decided.decision());
            case Frame.Failure failure -> failed(failure);
            case Frame.Hello _, Frame.Open _, Frame.Leave _, Frame.Submit _, Frame.Ping _ ->
                throw new StateException(ErrorCode.BAD_REQUEST, "a server does not say " + frame);
        }
    }

    private Replica begin(int number, String store, List<String> keys) {
        Replica replica = member(store).replica;
        KeyTable table = KeyTable.learning();
        table.reset(keys);
        tables.put(number, table);
        numbered.put(number, replica);
        return replica;
    }

    private void failed(Frame.Failure failure) {
        if (failure.code() != ErrorCode.STALE_REVISION) {
            throw new StateException(failure.code(), "the server says: " + failure.message());
        }
        member(failure.store()).replica.sendAgain();
    }

    private static Frame open(Member member, long incarnation, long revision) {
        Replica replica = member.replica;
        return new Frame.Open(replica.name(), incarnation, revision, replica.oldestPending(), member.initial);
    }

    private Member member(String store) {
        Member member = members.get(store);
        if (member == null) {
            throw new StateException(
                    ErrorCode.UNKNOWN_STORE, "the server speaks of store '" + store + "', which was not asked for");
        }
        return member;
    }

    private Replica replica(int number) {
        Replica replica = numbered.get(number);
        if (replica == null) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST, "the server speaks of store number " + number + ", which was not opened");
        }
        return replica;
    }
}
