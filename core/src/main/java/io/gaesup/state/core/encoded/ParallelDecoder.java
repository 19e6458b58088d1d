package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/** Decodes a state in pieces, several at a time. */
final class ParallelDecoder {

    /* The index says where elements begin, so pieces can be decoded without those before them. It is not trusted: the
     * pieces of a list follow one another without a gap from its head to its end, and each must hold exactly as many
     * values as the index says and end where it says. MessagePack reads one way only, so together they are then what one
     * pass would have read.
     *
     * What planning costs is bounded by the payload, whatever the index says: the index is loaded once and only if it is no
     * longer than one that is right, and groups are read one by one, none before those ahead of it were found in order. So
     * nodes that overlap gain nothing. */

    /** Below so many bytes of payload one thread is as fast where processors are busy; measured, see decision 0009. */
    static final int BYTES_MIN = 768 * 1024;

    /** How many bytes a piece has at least, so that there is little to hand over; and each list leaf but its last is full. */
    private static final int PIECE_BYTES = 32 * 1024;

    /** A container with less than so many bytes is not split. */
    private static final int SPLIT_BYTES = 2 * PIECE_BYTES;

    /** Something that becomes a value, or several of a list. */
    private sealed interface Part {

        /** Values that follow one another from {@code from} to {@code to}, decoded by a task of its own. */
        record Run(int from, int to, int count, int depth, int task) implements Part {}

        record Elements(List<Part> parts) implements Part {}

        record Entries(List<Part> parts) implements Part {}
    }

    private final Region region;
    private final Platform platform;
    private final byte[] payload;
    private final Index index;
    private final List<Part.Run> runs = new ArrayList<>();
    private ListValue[] results = {};

    private ParallelDecoder(Region region, Region index, Platform platform) {
        require(index.size() <= Index.BYTES_PER_PAYLOAD_BYTE_MAX * (long) region.size(), 0);
        this.region = region;
        this.platform = platform;
        this.index = Index.loaded(index);
        this.payload = new byte[region.size()];
    }

    /**
     * The document of {@code payload}.
     *
     * @throws StateException for whatever is wrong; what one pass would say of it may be something else
     */
    static Value decode(Region payload, Region index, Platform platform) {
        return new ParallelDecoder(payload, index, platform).decode();
    }

    private Value decode() {
        load();
        Part whole = plan(0, payload.length, 0);
        results = new ListValue[runs.size()];
        platform.forEach(runs.size(), i -> results[i] = decode(runs.get(i)));
        return value(whole);
    }

    private void load() {
        int blocks = region.blocks();
        int each = Math.max(1, PIECE_BYTES / region.blockBytes());
        platform.forEach((blocks + each - 1) / each, i -> {
            int first = i * each;
            region.load(first, Math.min(blocks, first + each), payload, first * region.blockBytes());
        });
    }

    private Part plan(int from, int to, int depth) {
        require(depth <= Limits.DEPTH_MAX, from);
        int node = to - from < SPLIT_BYTES ? Index.NONE : index.nodeOf(from);
        if (node == Index.NONE) {
            return run(from, to, 1, depth);
        }
        return index.openMap(node, from, to) ? entries(from, to, depth) : elements(node, from, to, depth);
    }

    private Part run(int from, int to, int count, int depth) {
        Part.Run run = new Part.Run(from, to, count, depth, runs.size());
        runs.add(run);
        return run;
    }

    private Part elements(int node, int from, int to, int depth) {
        int groups = index.groups();
        Walker walker = new Walker(payload, 0, from, to);
        require(walker.enter() == index.elements() && !walker.isMap(), from);
        int first = index.element(0);
        int start = index.groupAt(0, from, to);
        require(first == 0 && start == walker.position(), from);
        List<Part> parts = new ArrayList<>();
        int waitingFirst = first;
        int waitingStart = start;
        for (int group = 0; group < groups; group++) {
            int nextFirst = index.element(group + 1);
            int nextStart = index.groupAt(group + 1, from, to);
            require(first < nextFirst && start < nextStart, from);
            boolean large = nextStart - start >= SPLIT_BYTES && nextFirst - first == 1;
            if (waitingStart < start && (large || start - waitingStart >= PIECE_BYTES)) {
                parts.add(run(waitingStart, start, first - waitingFirst, depth + 1));
                waitingFirst = first;
                waitingStart = start;
            }
            if (large) {
                parts.add(plan(start, nextStart, depth + 1));
                index.openMap(node, from, to);
                waitingFirst = nextFirst;
                waitingStart = nextStart;
            }
            first = nextFirst;
            start = nextStart;
        }
        if (waitingStart < to) {
            parts.add(run(waitingStart, to, first - waitingFirst, depth + 1));
        }
        return new Part.Elements(parts);
    }

    /** Names and values in a row, as if they were elements. */
    private Part entries(int from, int to, int depth) {
        Walker walker = new Walker(payload, 0, from, to);
        int count = walker.enter();
        require(walker.isMap() && count >= 0, from);
        List<Part> parts = new ArrayList<>();
        int begin = walker.position();
        int waiting = 0;
        for (int i = 0; i < count; i++) {
            walker.key();
            int at = walker.position();
            int size = index.sizeOf(at);
            if (size < SPLIT_BYTES) {
                walker.skip();
                waiting += 2;
                if (walker.position() - begin >= PIECE_BYTES) {
                    parts.add(run(begin, walker.position(), waiting, depth + 1));
                    begin = walker.position();
                    waiting = 0;
                }
            } else {
                require(size <= to - at, at);
                parts.add(run(begin, at, waiting + 1, depth + 1));
                parts.add(plan(at, at + size, depth + 1));
                walker.moveTo(at + size);
                begin = at + size;
                waiting = 0;
            }
        }
        require(walker.position() == to, to);
        if (waiting > 0) {
            parts.add(run(begin, to, waiting, depth + 1));
        }
        return new Part.Entries(parts);
    }

    private ListValue decode(Part.Run run) {
        ByteReader in = new ByteReader(payload, run.from(), run.to() - run.from());
        ListValue.Builder values = ListValue.builder();
        for (int i = 0; i < run.count(); i++) {
            values.add(MessagePack.decode(in, run.depth()));
        }
        in.requireEnd();
        return values.build();
    }

    private Value value(Part part) {
        return switch (part) {
            case Part.Run run -> results[run.task()].get(0);
            case Part.Elements(var parts) -> joined(parts);
            case Part.Entries(var parts) -> {
                MapValue.Builder map = MapValue.builder();
                Iterator<Value> values = joined(parts).iterator();
                for (int size = 1; values.hasNext(); size++) {
                    if (!(values.next() instanceof Value.Text key)) {
                        throw wrong(0);
                    }
                    map.put(key.value(), values.next());
                    require(map.size() == size, 0);
                }
                yield map.build();
            }
        };
    }

    private ListValue joined(List<Part> parts) {
        ListValue.Builder list = ListValue.builder();
        for (Part part : parts) {
            if (part instanceof Part.Run run) {
                list.addAll(results[run.task()]);
            } else {
                list.add(value(part));
            }
        }
        return list.build();
    }

    private static void require(boolean holds, int at) {
        if (!holds) {
            throw wrong(at);
        }
    }

    private static StateException wrong(int at) {
        return new StateException(ErrorCode.MALFORMED, "at byte " + at + " of the payload: its index does not fit");
    }
}
