package io.gaesup.state.core.encoded;

import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import org.jspecify.annotations.Nullable;

/** Reads one value of a state by its path: from container to container by the index, then by a walk. Threads: one. */
final class FieldReader {

    /** So many names of one hash are compared; a map of more is walked through, so that colliding on purpose is no use. */
    private static final int COLLISIONS_MAX = 16;

    private static final int CROWDED = -2;
    private static final int KEY_HEAD_BYTES_MAX = 5;

    private final Window payload;
    private final Index index;

    /** Where the value stands that was found last. */
    private int from;

    private int to;

    FieldReader(Region payload, Region index) {
        this.payload = new Window(payload);
        this.index = new Index(index);
        this.to = payload.size();
    }

    /** The value at {@code path}, or null. */
    @Nullable
    Value read(Path path) {
        for (int depth = 0; depth < path.depth(); depth++) {
            int node = index.nodeOf(from);
            if (node == Index.NONE) {
                return walk(path, depth) ? decode() : null;
            }
            if (!index.openMap(node, from, to)) {
                if (path.index(depth) < 0 || !element(path.index(depth))) {
                    return null;
                }
                continue;
            }
            byte[] name = utf8(path.segment(depth));
            if (name == null) {
                return null;
            }
            int field = fieldOf(name);
            if (field == CROWDED) {
                return walk(path, depth) ? decode() : null;
            }
            if (field == Index.NONE) {
                return null;
            }
        }
        return decode();
    }

    /** The field {@code name} of the map that was opened, which is then where this reader stands. */
    private int fieldOf(byte[] name) {
        int hash = Hashes.of(name, 0, name.length);
        int first = index.fieldFrom(hash);
        for (int field = first; index.hasField(field, hash); field++) {
            if (field - first == COLLISIONS_MAX) {
                return CROWDED;
            }
            int at = index.fieldAt(field, from, to);
            int end = at + index.fieldSize(field);
            payload.cover(at, (int) Math.min((long) at + KEY_HEAD_BYTES_MAX + name.length, end));
            Walker walker = new Walker(payload.bytes(), payload.base(), at, Math.min(payload.end(), end));
            if (walker.passKey(name)) {
                from = walker.position();
                to = end;
                return field;
            }
        }
        return Index.NONE;
    }

    private boolean element(int number) {
        if (number >= index.elements()) {
            return false;
        }
        int group = index.groupOf(number);
        int first = index.element(group);
        int next = index.element(group + 1);
        int start = index.groupAt(group, from, to);
        int end = index.groupAt(group + 1, from, to);
        if (number < first || number >= next || start >= end) {
            throw Index.wrong(
                    0,
                    "group " + group + " has elements " + first + " to " + next + " and bytes " + start + " to " + end
                            + ", but was found for element " + number);
        }
        from = start;
        to = end;
        if (next - first > 1) {
            payload.cover(start, end);
            Walker walker = new Walker(payload.bytes(), payload.base(), start, end);
            for (int i = first; i < number; i++) {
                walker.skip();
            }
            stopAt(walker);
        }
        return true;
    }

    private void stopAt(Walker walker) {
        from = walker.position();
        walker.skip();
        to = walker.position();
    }

    /** Follows the rest of {@code path} through containers that are not indexed. */
    private boolean walk(Path path, int start) {
        payload.cover(from, from + 1);
        if (new Walker(payload.bytes(), payload.base(), from, payload.end()).isScalar()) {
            return false;
        }
        payload.cover(from, to);
        Walker walker = new Walker(payload.bytes(), payload.base(), from, to);
        for (int depth = start; depth < path.depth(); depth++) {
            int count = walker.enter();
            if (count < 0) {
                return false;
            }
            if (walker.isMap()) {
                byte[] name = utf8(path.segment(depth));
                if (name == null || !walker.findKey(name, count)) {
                    return false;
                }
            } else {
                int number = path.index(depth);
                if (number < 0 || number >= count) {
                    return false;
                }
                for (int i = 0; i < number; i++) {
                    walker.skip();
                }
            }
        }
        stopAt(walker);
        return true;
    }

    private Value decode() {
        payload.cover(from, to);
        ByteReader reader = new ByteReader(payload.bytes(), from - payload.base(), to - from);
        try {
            Value value = MessagePack.decode(reader);
            reader.requireEnd();
            return value;
        } catch (StateException e) {
            throw new StateException(e.code(), "in the payload from byte " + from + " on, " + e.detail(), e);
        }
    }

    /** The bytes of {@code text}, or null if it has a lone surrogate and is therefore no field's name. */
    private static byte @Nullable [] utf8(String text) {
        byte[] ascii = new byte[text.length()];
        for (int i = 0; i < ascii.length; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                return longUtf8(text);
            }
            ascii[i] = (byte) c;
        }
        return ascii;
    }

    private static byte @Nullable [] longUtf8(String text) {
        ByteWriter writer = new ByteWriter();
        try {
            writer.writeString(text);
        } catch (StateException noName) {
            return null;
        }
        ByteReader reader = new ByteReader(writer.toBytes());
        return reader.readBytes(reader.readLength("bytes of text"));
    }
}
