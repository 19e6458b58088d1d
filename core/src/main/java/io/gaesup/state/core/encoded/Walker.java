package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;

/**
 * Goes through MessagePack value by value without decoding any. Positions are those in the payload, wherever in the array
 * its bytes stand.
 *
 * <p>Sizes and counts are compared with the bytes that are left, so that a walk costs O(bytes) whatever they say; what is
 * in scalars is not looked at.
 */
final class Walker {

    /* Skipping needs no stack: so many values are left to skip, and each container adds its children. A table has the size
     * of all values whose first byte says it. */

    private static final int BIN8 = 0xc4;
    private static final int BIN16 = 0xc5;
    private static final int BIN32 = 0xc6;
    private static final int EXT8 = 0xc7;
    private static final int EXT16 = 0xc8;
    private static final int EXT32 = 0xc9;
    private static final int STR8 = 0xd9;
    private static final int STR16 = 0xda;
    private static final int STR32 = 0xdb;
    private static final int ARRAY16 = 0xdc;
    private static final int ARRAY32 = 0xdd;
    private static final int MAP16 = 0xde;
    private static final int MAP32 = 0xdf;
    private static final int FIXMAP = 0x80;
    private static final int FIXARRAY = 0x90;
    private static final int FIXSTR = 0xa0;
    private static final int NIL = 0xc0;

    private static final byte[] SIZES = sizes();

    private final byte[] bytes;
    private final int base;
    private final int end;
    private int at;
    private boolean map;
    private int textAt;
    private int textLength;

    /** Walks from the payload's {@code from} to {@code to}; its byte {@code base} is the first of {@code bytes}. */
    Walker(byte[] bytes, int base, int from, int to) {
        this.bytes = bytes;
        this.base = base;
        this.at = from - base;
        this.end = to - base;
    }

    int position() {
        return at + base;
    }

    void moveTo(int position) {
        at = position - base;
    }

    boolean atEnd() {
        return at >= end;
    }

    /** Goes into the container that begins here and returns how many children it has; -1 for a scalar, and stays. */
    int enter() {
        if (at >= end) {
            throw tooShort("a value");
        }
        int tag = bytes[at] & 0xff;
        if (tag >= FIXMAP && tag < FIXSTR) {
            map = tag < FIXARRAY;
            at++;
            return children(tag & 0x0f);
        }
        if (tag < ARRAY16 || tag > MAP32) {
            return -1;
        }
        map = tag >= MAP16;
        boolean wide = tag == ARRAY32 || tag == MAP32;
        int count = wide ? uint32(at + 1) : uint16(at + 1);
        at += wide ? 5 : 3;
        return children(count);
    }

    /** Whether what begins here is no container. */
    boolean isScalar() {
        if (at >= end) {
            throw tooShort("a value");
        }
        int tag = bytes[at] & 0xff;
        return (tag < FIXMAP || tag >= FIXSTR) && (tag < ARRAY16 || tag > MAP32);
    }

    private int children(int count) {
        int most = map ? (end - at) / 2 : end - at;
        if (count < 0 || count > most) {
            throw tooShort(Integer.toUnsignedString(count) + (map ? " entries" : " elements"));
        }
        return count;
    }

    /** Whether the container that was entered last is a map. */
    boolean isMap() {
        return map;
    }

    /** Goes past a key; {@link #keyAt} and {@link #keyLength} say where its text is. */
    void key() {
        keyHead();
        if (textLength < 0 || textLength > end - textAt) {
            throw tooShort(Integer.toUnsignedString(textLength) + " bytes of a key");
        }
        at = textAt + textLength;
    }

    /** Goes past the key that begins here if it is {@code name}. Needs no more of it than so many bytes. */
    boolean passKey(byte[] name) {
        keyHead();
        if (textLength != name.length) {
            return false;
        }
        key();
        return keyIs(name);
    }

    private void keyHead() {
        if (at >= end) {
            throw tooShort("a key");
        }
        int tag = bytes[at] & 0xff;
        int head;
        if (tag >= FIXSTR && tag < NIL) {
            head = 1;
            textLength = tag & 0x1f;
        } else if (tag == STR8) {
            head = 2;
            textLength = uint8(at + 1);
        } else if (tag == STR16) {
            head = 3;
            textLength = uint16(at + 1);
        } else if (tag == STR32) {
            head = 5;
            textLength = uint32(at + 1);
        } else {
            throw failure("a key is a string, but this begins with 0x" + Integer.toHexString(tag));
        }
        textAt = at + head;
    }

    int keyHash() {
        return Hashes.of(bytes, textAt, textLength);
    }

    /** Whether the key that was passed last is {@code name}. */
    boolean keyIs(byte[] name) {
        if (name.length != textLength) {
            return false;
        }
        for (int i = 0; i < name.length; i++) {
            if (bytes[textAt + i] != name[i]) {
                return false;
            }
        }
        return true;
    }

    /** Goes to the value of the first of {@code count} entries whose key is {@code name}; false if there is none. */
    boolean findKey(byte[] name, int count) {
        for (int i = 0; i < count; i++) {
            key();
            if (keyIs(name)) {
                return true;
            }
            skip();
        }
        return false;
    }

    /** Goes past a value with all that is in it. */
    void skip() {
        byte[] from = bytes;
        int to = end;
        int next = at;
        int left = 1;
        while (left > 0) {
            if (left > to - next) {
                at = Math.min(next, to);
                throw tooShort(left + " more values");
            }
            int tag = from[next] & 0xff;
            int size = SIZES[tag];
            left--;
            if (size > 0) {
                next += size;
            } else {
                at = next;
                int count = enter();
                if (count >= 0) {
                    left += map ? 2 * count : count;
                } else {
                    at += longScalar(tag);
                }
                next = at;
            }
        }
        if (next > to) {
            throw tooShort("the rest of a value");
        }
        at = next;
    }

    private int longScalar(int tag) {
        int head = 2;
        int length = 0;
        switch (tag) {
            case BIN8, STR8 -> length = uint8(at + 1);
            case BIN16, STR16 -> {
                head = 3;
                length = uint16(at + 1);
            }
            case BIN32, STR32 -> {
                head = 5;
                length = uint32(at + 1);
            }
            case EXT8 -> {
                head = 3;
                length = uint8(at + 1);
            }
            case EXT16 -> {
                head = 4;
                length = uint16(at + 1);
            }
            case EXT32 -> {
                head = 6;
                length = uint32(at + 1);
            }
            default -> throw failure("0x" + Integer.toHexString(tag) + " begins nothing in MessagePack");
        }
        if (length < 0 || length > end - at - head) {
            throw tooShort(Integer.toUnsignedString(length) + " bytes");
        }
        return head + length;
    }

    private int uint8(int from) {
        require(from, 1);
        return bytes[from] & 0xff;
    }

    private int uint16(int from) {
        require(from, 2);
        return (bytes[from] & 0xff) << 8 | bytes[from + 1] & 0xff;
    }

    /** Negative for a number no array has. */
    private int uint32(int from) {
        require(from, 4);
        return bytes[from] << 24
                | (bytes[from + 1] & 0xff) << 16
                | (bytes[from + 2] & 0xff) << 8
                | bytes[from + 3] & 0xff;
    }

    private void require(int from, int length) {
        if (length > end - from) {
            throw tooShort("a length");
        }
    }

    private StateException tooShort(String what) {
        return failure("expected " + what + ", but only " + Math.max(0, end - at) + " bytes are left");
    }

    private StateException failure(String reason) {
        return new StateException(ErrorCode.MALFORMED, "at byte " + position() + " of the payload: " + reason);
    }

    private static byte[] sizes() {
        byte[] sizes = new byte[0x100];
        for (int tag = 0; tag < FIXMAP; tag++) {
            sizes[tag] = 1;
        }
        for (int tag = 0xe0; tag < 0x100; tag++) {
            sizes[tag] = 1;
        }
        for (int tag = FIXSTR; tag < NIL; tag++) {
            sizes[tag] = (byte) (1 + (tag & 0x1f));
        }
        // nil, false and true; then float 32 and 64, uint and int of 8 to 64 bits, fixext of 1 to 16 bytes.
        sizes[NIL] = 1;
        sizes[0xc2] = 1;
        sizes[0xc3] = 1;
        byte[] fromFloat = {5, 9, 2, 3, 5, 9, 2, 3, 5, 9, 3, 4, 6, 10, 18};
        System.arraycopy(fromFloat, 0, sizes, 0xca, fromFloat.length);
        return sizes;
    }
}
