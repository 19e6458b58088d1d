package io.gaesup.state.core.wire;

import io.gaesup.state.core.Decision;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Frames as bytes; see the package's grammar. One per connection, or one per server for what goes to all: it holds no
 * state but the key tables it is given.
 */
public final class FrameCodec {

    /** Where the key table of a store is. */
    @FunctionalInterface
    public interface Tables {

        /** The table of the store with this number, or null if there is no such store. */
        @Nullable
        KeyTable of(int number);
    }

    private static final int HELLO = 0x01;
    private static final int OPEN = 0x02;
    private static final int LEAVE = 0x03;
    private static final int SUBMIT = 0x04;
    private static final int PING = 0x05;
    private static final int WELCOME = 0x81;
    private static final int STATE = 0x82;
    private static final int RESUMED = 0x83;
    private static final int DELTAS = 0x84;
    private static final int DECIDED = 0x85;
    private static final int FAILURE = 0x86;
    private static final int PONG = 0x87;

    private final Tables tables;

    public FrameCodec(Tables tables) {
        this.tables = tables;
    }

    /** The bytes of one frame. */
    public byte[] encode(Frame frame) {
        ByteWriter out = new ByteWriter();
        write(out, frame);
        return out.toBytes();
    }

    /** Appends one frame. */
    public void write(ByteWriter out, Frame frame) {
        switch (frame) {
            case Frame.Hello hello -> {
                out.writeByte(HELLO);
                out.writeVarint(hello.version());
                out.writeString(hello.client());
            }
            case Frame.Open open -> {
                out.writeByte(OPEN);
                out.writeString(open.store());
                out.writeVarint(open.incarnation());
                out.writeVarint(open.revision());
                out.writeVarint(open.oldestPending());
                Value initial = open.initial();
                out.writeByte(initial == null ? 0 : 1);
                if (initial != null) {
                    MessagePack.encode(initial, out);
                }
            }
            case Frame.Leave leave -> writeNumber(out, LEAVE, leave.number());
            case Frame.Submit submit -> {
                writeNumber(out, SUBMIT, submit.number());
                writeGroup(out, submit.group(), table(submit.number()));
            }
            case Frame.Ping ping -> {
                out.writeByte(PING);
                out.writeVarint(ping.nonce());
            }
            case Frame.Welcome welcome -> {
                out.writeByte(WELCOME);
                out.writeVarint(welcome.version());
                out.writeString(welcome.server());
            }
            case Frame.State state -> {
                writeStateHead(
                        out,
                        state.number(),
                        state.store(),
                        state.incarnation(),
                        state.revision(),
                        state.decisions(),
                        state.keys());
                MessagePack.encode(state.root(), out);
            }
            case Frame.Resumed resumed -> {
                writeNumber(out, RESUMED, resumed.number());
                writePosition(out, resumed.store(), resumed.incarnation(), resumed.revision());
                writeDecisions(out, resumed.decisions());
                writeKeys(out, resumed.keys());
            }
            case Frame.Deltas deltas -> {
                writeDeltasHead(
                        out, deltas.number(), deltas.first(), deltas.batches().size());
                for (List<Operation> batch : deltas.batches()) {
                    OperationCodec.write(out, batch, table(deltas.number()));
                }
            }
            case Frame.Decided decided -> {
                writeNumber(out, DECIDED, decided.number());
                writeDecision(out, decided.decision());
            }
            case Frame.Failure failure -> {
                out.writeByte(FAILURE);
                out.writeString(failure.store());
                out.writeString(failure.code().name());
                out.writeString(failure.message());
            }
            case Frame.Pong pong -> {
                out.writeByte(PONG);
                out.writeVarint(pong.nonce());
            }
        }
    }

    /**
     * Appends what stands before the batches of a {@link Frame.Deltas}, for a sender that has them encoded already by
     * {@link OperationCodec}.
     */
    public static void writeDeltasHead(ByteWriter out, int number, long first, int count) {
        writeNumber(out, DELTAS, number);
        out.writeVarint(first);
        out.writeVarint(count);
    }

    /** Appends what stands before the document of a {@link Frame.State}, for a sender that has that encoded already. */
    public static void writeStateHead(
            ByteWriter out,
            int number,
            String store,
            long incarnation,
            long revision,
            List<Decision> decisions,
            List<String> keys) {
        writeNumber(out, STATE, number);
        writePosition(out, store, incarnation, revision);
        writeDecisions(out, decisions);
        writeKeys(out, keys);
    }

    /**
     * Reads one frame; a message may hold more.
     *
     * @throws io.gaesup.state.core.StateException with code {@code MALFORMED}, {@code BAD_REQUEST} or {@code
     *     LIMIT_EXCEEDED}; nothing was changed but what key tables learned
     */
    public Frame read(ByteReader in) {
        int type = in.readByte();
        return switch (type) {
            case HELLO -> new Frame.Hello(readInt(in), in.readString());
            case OPEN ->
                new Frame.Open(
                        in.readString(),
                        in.readVarint(),
                        in.readVarint(),
                        in.readVarint(),
                        readFlag(in) ? MessagePack.decode(in) : null);
            case LEAVE -> new Frame.Leave(readInt(in));
            case SUBMIT -> readSubmit(in);
            case PING -> new Frame.Ping(in.readVarint());
            case WELCOME -> new Frame.Welcome(readInt(in), in.readString());
            case STATE -> readState(in);
            case RESUMED -> readResumed(in);
            case DELTAS -> readDeltas(in);
            case DECIDED -> new Frame.Decided(readInt(in), readDecision(in));
            case FAILURE -> new Frame.Failure(in.readString(), readCode(in), in.readString());
            case PONG -> new Frame.Pong(in.readVarint());
            default -> throw in.malformed("no frame has the type " + type);
        };
    }

    private Frame readSubmit(ByteReader in) {
        int number = readInt(in);
        KeyTable table = table(number);
        long base = in.readVarint() - 1;
        int count = readCount(in, "submissions");
        List<Submission> submissions = new ArrayList<>(count);
        long sequence = 0;
        for (int i = 0; i < count; i++) {
            sequence += in.readVarint();
            submissions.add(new Submission(sequence, OperationCodec.read(in, table)));
        }
        return new Frame.Submit(number, new Submission.Group(base, submissions));
    }

    private static void writeGroup(ByteWriter out, Submission.Group group, KeyTable table) {
        out.writeVarint(group.base() + 1);
        out.writeVarint(group.submissions().size());
        long before = 0;
        for (Submission submission : group.submissions()) {
            out.writeVarint(submission.sequence() - before);
            before = submission.sequence();
            OperationCodec.write(out, submission.operations(), table);
        }
    }

    private Frame readState(ByteReader in) {
        int number = readInt(in);
        String store = in.readString();
        long incarnation = in.readVarint();
        long revision = in.readVarint();
        List<Decision> decisions = readDecisions(in);
        List<String> keys = readKeys(in);
        return new Frame.State(number, store, incarnation, revision, decisions, keys, MessagePack.decode(in));
    }

    private Frame readResumed(ByteReader in) {
        return new Frame.Resumed(
                readInt(in), in.readString(), in.readVarint(), in.readVarint(), readDecisions(in), readKeys(in));
    }

    private Frame readDeltas(ByteReader in) {
        int number = readInt(in);
        KeyTable table = table(number);
        long first = in.readVarint();
        int count = readCount(in, "batches");
        List<List<Operation>> batches = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            batches.add(OperationCodec.read(in, table));
        }
        return new Frame.Deltas(number, first, batches);
    }

    private static void writeNumber(ByteWriter out, int type, int number) {
        out.writeByte(type);
        out.writeVarint(number);
    }

    private static void writePosition(ByteWriter out, String store, long incarnation, long revision) {
        out.writeString(store);
        out.writeVarint(incarnation);
        out.writeVarint(revision);
    }

    private static void writeDecisions(ByteWriter out, List<Decision> decisions) {
        out.writeVarint(decisions.size());
        for (Decision decision : decisions) {
            writeDecision(out, decision);
        }
    }

    private static List<Decision> readDecisions(ByteReader in) {
        int count = readCount(in, "decisions");
        List<Decision> decisions = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            decisions.add(readDecision(in));
        }
        return decisions;
    }

    private static void writeDecision(ByteWriter out, Decision decision) {
        ErrorCode code = decision.code();
        out.writeVarint(decision.sequence());
        out.writeVarint(code == null ? decision.revision() + 1 : 0);
        if (code != null) {
            out.writeString(code.name());
            out.writeString(decision.message());
        }
    }

    private static Decision readDecision(ByteReader in) {
        long sequence = in.readVarint();
        long revision = in.readVarint() - 1;
        return revision >= 0
                ? Decision.applied(sequence, revision)
                : Decision.refused(sequence, readCode(in), in.readString());
    }

    private static void writeKeys(ByteWriter out, List<String> keys) {
        out.writeVarint(keys.size());
        for (String key : keys) {
            out.writeString(key);
        }
    }

    private static List<String> readKeys(ByteReader in) {
        int count = readCount(in, "keys");
        List<String> keys = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            keys.add(in.readString());
        }
        return keys;
    }

    /** Codes of a newer server are unknown here; what they have in common is that something went wrong there. */
    private static ErrorCode readCode(ByteReader in) {
        String name = in.readString();
        for (ErrorCode code : ErrorCode.values()) {
            if (code.name().equals(name)) {
                return code;
            }
        }
        return ErrorCode.INTERNAL;
    }

    private KeyTable table(int number) {
        KeyTable table = tables.of(number);
        if (table == null) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST, "no store has the number " + number + " on this connection");
        }
        return table;
    }

    /** A count of things that take a byte each at least. */
    private static int readCount(ByteReader in, String what) {
        long count = in.readVarint();
        if (count < 0 || count > in.remaining()) {
            throw in.malformed(count + " " + what + " do not fit in " + in.remaining() + " bytes");
        }
        return (int) count;
    }

    private static int readInt(ByteReader in) {
        long value = in.readVarint();
        if (value < 0 || value > Integer.MAX_VALUE) {
            throw in.malformed(value + " is too large a number here");
        }
        return (int) value;
    }

    private static boolean readFlag(ByteReader in) {
        int flag = in.readByte();
        if (flag > 1) {
            throw in.malformed("a flag is 0 or 1, this is " + flag);
        }
        return flag == 1;
    }
}
