package io.gaesup.state.core.encoded;

import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Snapshot;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.MessagePack;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What turns one document into another where neither knows of the other: encoded states, or values that share nothing.
 * Snapshots of one store are compared faster by {@link Snapshot#since}.
 *
 * <p>Cost: what is equal is compared, and skipped without being decoded. Containers within containers that all differ are gone
 * through once for each level, until that amounts to 32 times the bytes of both documents, or to 8 MiB if that is more; what is
 * found to differ from then on is set as a whole. Documents nested up to 32 deep never come to that.
 */
public final class StateDiff {

    /* Documents are compared as MessagePack, container by container: equal bytes are equal values. Which elements of two
     * lists stay, and which keys of two maps, is found as it is for snapshots: each child is given a number, the same for
     * equal bytes, and the two lists or maps of numbers are compared by the engine. What it says of a number is then said of
     * the child. */

    private static final int NONE = -1;

    /** How often all bytes of both documents are gone through at most. */
    private static final int PASSES_MAX = 32;

    /** So many bytes may be gone through in any case. */
    private static final long BYTES_FREE = 8L * 1024 * 1024;

    /** From here down numbers are those of values that the old map does not have. */
    private static final int CHANGED = -2;

    private final Platform platform;
    private final Side from;
    private final Side to;
    private final List<Operation> found = new ArrayList<>();
    private long bytesLeft;

    private StateDiff(byte[] from, byte[] to, Platform platform) {
        this.platform = platform;
        this.from = new Side(from);
        this.to = new Side(to);
        this.bytesLeft = Math.max(BYTES_FREE, PASSES_MAX * ((long) from.length + to.length));
    }

    /**
     * Operations that, applied in order to what {@code from} holds, give what {@code to} holds, the order of keys included.
     * Blocks that both store alike are not even decompressed twice.
     *
     * @throws io.gaesup.state.core.StateException as {@link EncodedState#decode} does, as far as it is looked at
     */
    public static List<Operation> operations(EncodedState from, EncodedState to) {
        if (from.sameBytes(to)) {
            return List.of();
        }
        byte[] before = from.payload();
        byte[] after = to.payloadRegion().all(from.payloadRegion(), before);
        return operations(before, after, to.platform());
    }

    /** Operations that, applied in order to {@code from}, give {@code to}, the order of keys included. */
    public static List<Operation> operations(Value from, Value to, Platform platform) {
        return from == to ? List.of() : operations(MessagePack.encode(from), MessagePack.encode(to), platform);
    }

    private static List<Operation> operations(byte[] from, byte[] to, Platform platform) {
        StateDiff diff = new StateDiff(from, to, platform);
        diff.compare(Path.ROOT, 0, from.length, 0, to.length);
        return diff.found;
    }

    private void compare(Path path, int oldFrom, int oldTo, int newFrom, int newTo) {
        if (same(oldFrom, oldTo, newFrom, newTo)) {
            return;
        }
        Walker old = from.walker(oldFrom, oldTo);
        Walker now = to.walker(newFrom, newTo);
        int oldCount = old.enter();
        int newCount = now.enter();
        if (oldCount < 0 || newCount < 0 || old.isMap() != now.isMap()) {
            Value value = to.decode(newFrom, path.depth());
            // One value has more than one form in MessagePack.
            if (oldCount >= 0 || !value.equals(from.decode(oldFrom, path.depth()))) {
                found.add(new Operation.Set(path, value));
            }
        } else if (!affordable(oldTo - oldFrom, newTo - newFrom)) {
            found.add(new Operation.Set(path, to.decode(newFrom, path.depth())));
        } else if (now.isMap()) {
            maps(path, Fields.of(old, oldCount), Fields.of(now, newCount), newFrom);
        } else {
            lists(path, places(old, oldCount), places(now, newCount));
        }
    }

    private boolean affordable(int oldBytes, int newBytes) {
        bytesLeft -= (long) oldBytes + newBytes;
        return bytesLeft >= 0;
    }

    private boolean same(int oldFrom, int oldTo, int newFrom, int newTo) {
        int length = oldTo - oldFrom;
        return length == newTo - newFrom && platform.equal(from.bytes, oldFrom, to.bytes, newFrom, length);
    }

    /** Where each of {@code count} values begins, and where the last ends. */
    private static int[] places(Walker walker, int count) {
        int[] places = new int[count + 1];
        for (int i = 0; i < count; i++) {
            places[i] = walker.position();
            walker.skip();
        }
        places[count] = walker.position();
        return places;
    }

    private void lists(Path path, int[] old, int[] now) {
        ElementNumbers numbers = new ElementNumbers(platform, from.bytes, old, to.bytes, now);
        if (numbers.inPlace()) {
            for (int at : numbers.changed()) {
                compare(path.child(at), old[at], old[at + 1], now[at], now[at + 1]);
            }
            return;
        }
        int shift = 0;
        for (Operation step : steps(numbers.before(), numbers.after())) {
            int at = step.path().index(0);
            switch (step) {
                case Operation.Insert _ -> {
                    found.add(new Operation.Insert(path.child(at), to.decode(now[at], path.depth() + 1)));
                    shift++;
                }
                case Operation.Delete _ -> {
                    found.add(new Operation.Delete(path.child(at)));
                    shift--;
                }
                default -> compare(path.child(at), old[at - shift], old[at - shift + 1], now[at], now[at + 1]);
            }
        }
    }

    private void maps(Path path, Fields old, Fields now, int newFrom) {
        if (old.sameNames(from.bytes, now, to.bytes, platform)) {
            for (int i = 0; i < now.count; i++) {
                if (!same(old.values[i], old.ends[i], now.values[i], now.ends[i])) {
                    Path entry = path.child(to.name(now.names[i]));
                    compare(entry, old.values[i], old.ends[i], now.values[i], now.ends[i]);
                }
            }
            return;
        }
        Map<String, Integer> oldOf = new HashMap<>();
        Map<String, Integer> newOf = new HashMap<>();
        MapValue.Builder before = MapValue.builder();
        for (int i = 0; i < old.count; i++) {
            String name = from.name(old.names[i]);
            oldOf.put(name, i);
            before.put(name, Value.of(i));
        }
        MapValue.Builder after = MapValue.builder();
        for (int i = 0; i < now.count; i++) {
            String name = to.name(now.names[i]);
            newOf.put(name, i);
            int o = oldOf.getOrDefault(name, NONE);
            boolean stays = o != NONE && same(old.values[o], old.ends[o], now.values[i], now.ends[i]);
            after.put(name, Value.of(stays ? o : CHANGED - i));
        }
        Set<String> deleted = new HashSet<>();
        for (Operation step : steps(before.build(), after.build())) {
            if (step.path().isRoot()) {
                found.add(new Operation.Set(path, to.decode(newFrom, path.depth())));
                continue;
            }
            String name = step.path().segment(0);
            Path entry = path.child(name);
            if (step instanceof Operation.Delete) {
                deleted.add(name);
                found.add(new Operation.Delete(entry));
                continue;
            }
            int o = deleted.contains(name) ? NONE : oldOf.getOrDefault(name, NONE);
            int n = newOf.getOrDefault(name, NONE);
            if (o == NONE) {
                found.add(new Operation.Set(entry, to.decode(now.values[n], entry.depth())));
            } else {
                compare(entry, old.values[o], old.ends[o], now.values[n], now.ends[n]);
            }
        }
    }

    private static List<Operation> steps(Value before, Value after) {
        return new Snapshot("", 1, after).since(new Snapshot("", 0, before)).operations();
    }

    /** The names and values of a map, by where they stand. */
    private static final class Fields {

        private final int count;
        private final int[] names;
        private final int[] values;
        private final int[] ends;

        private Fields(int count) {
            this.count = count;
            this.names = new int[count];
            this.values = new int[count];
            this.ends = new int[count];
        }

        static Fields of(Walker walker, int count) {
            Fields fields = new Fields(count);
            for (int i = 0; i < count; i++) {
                fields.names[i] = walker.position();
                walker.key();
                fields.values[i] = walker.position();
                walker.skip();
                fields.ends[i] = walker.position();
            }
            return fields;
        }

        boolean sameNames(byte[] mine, Fields other, byte[] theirs, Platform platform) {
            if (count != other.count) {
                return false;
            }
            for (int i = 0; i < count; i++) {
                int length = values[i] - names[i];
                if (length != other.values[i] - other.names[i]
                        || !platform.equal(mine, names[i], theirs, other.names[i], length)) {
                    return false;
                }
            }
            return true;
        }
    }
}
