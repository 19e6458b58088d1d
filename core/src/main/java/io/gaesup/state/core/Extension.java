package io.gaesup.state.core;

import java.util.Arrays;

/**
 * Bytes whose meaning a number tells: what MessagePack calls an extension. Types from 0 to 127 are the application's,
 * negative ones belong to MessagePack, and {@link #TIMESTAMP} is a point in time.
 *
 * <p>A timestamp has one form here, the shortest that holds it, so that equal times are equal values.
 */
public final class Extension implements Value {

    /** The type of a point in time: seconds since 1970-01-01T00:00Z without leap seconds, and nanoseconds. */
    public static final int TIMESTAMP = -1;

    private static final int NANOS_MAX = 999_999_999;

    private static final int SECONDS_32 = 4;
    private static final int NANOS_30_SECONDS_34 = 8;
    private static final int NANOS_32_SECONDS_64 = 12;

    private static final int SECONDS_BITS = 34;
    private static final long SECONDS_MASK = (1L << SECONDS_BITS) - 1;

    private final int type;
    private final byte[] bytes;

    private Extension(int type, byte[] bytes) {
        this.type = type;
        this.bytes = bytes;
    }

    /** As {@link #wrap}, with a copy of the bytes. */
    public static Extension of(int type, byte[] bytes) {
        return wrap(type, bytes.clone());
    }

    /**
     * Takes over {@code bytes} without a copy: the caller never changes them again. A timestamp in a longer form than it
     * needs becomes one in the shortest.
     *
     * @param type from -128 to 127
     * @throws StateException with code {@code MALFORMED} for a timestamp that is none: not 4, 8 or 12 bytes, or more than
     *     999,999,999 nanoseconds
     */
    public static Extension wrap(int type, byte[] bytes) {
        if (type < Byte.MIN_VALUE || type > Byte.MAX_VALUE) {
            throw new IllegalArgumentException("the type of an extension is from -128 to 127, not " + type);
        }
        Extension extension = new Extension(type, bytes);
        return type == TIMESTAMP ? extension.shortest() : extension;
    }

    /**
     * The point in time so many seconds and nanoseconds after 1970-01-01T00:00Z; seconds may be negative.
     *
     * @throws StateException with code {@code MALFORMED} unless {@code nanos} is from 0 to 999,999,999
     */
    public static Extension timestamp(long seconds, int nanos) {
        if (nanos < 0 || nanos > NANOS_MAX) {
            throw new StateException(
                    ErrorCode.MALFORMED,
                    "a timestamp has up to " + NANOS_MAX + " nanoseconds, this one " + (nanos & 0xffff_ffffL));
        }
        byte[] bytes;
        if (seconds < 0 || seconds > SECONDS_MASK) {
            bytes = new byte[NANOS_32_SECONDS_64];
            put(bytes, 0, nanos);
            put(bytes, 4, (int) (seconds >> 32));
            put(bytes, 8, (int) seconds);
        } else if (nanos != 0 || seconds > 0xffff_ffffL) {
            bytes = new byte[NANOS_30_SECONDS_34];
            put(bytes, 0, nanos << 2 | (int) (seconds >> 32));
            put(bytes, 4, (int) seconds);
        } else {
            bytes = new byte[SECONDS_32];
            put(bytes, 0, (int) seconds);
        }
        return new Extension(TIMESTAMP, bytes);
    }

    /** From -128 to 127. */
    public int type() {
        return type;
    }

    public boolean isTimestamp() {
        return type == TIMESTAMP;
    }

    /**
     * The seconds of a timestamp.
     *
     * @throws IllegalStateException if this is none
     */
    public long seconds() {
        requireTimestamp();
        return switch (bytes.length) {
            case SECONDS_32 -> int32(0) & 0xffff_ffffL;
            case NANOS_30_SECONDS_34 -> (int32(0) & 3L) << 32 | int32(4) & 0xffff_ffffL;
            default -> (long) int32(4) << 32 | int32(8) & 0xffff_ffffL;
        };
    }

    /**
     * The nanoseconds of a timestamp, after its {@link #seconds()}: 0 to 999,999,999.
     *
     * @throws IllegalStateException if this is none
     */
    public int nanos() {
        requireTimestamp();
        return switch (bytes.length) {
            case SECONDS_32 -> 0;
            case NANOS_30_SECONDS_34 -> int32(0) >>> 2;
            default -> int32(0);
        };
    }

    public int length() {
        return bytes.length;
    }

    public byte at(int index) {
        return bytes[index];
    }

    /** A copy of the bytes. */
    public byte[] toBytes() {
        return bytes.clone();
    }

    /** Copies all bytes to {@code target} from {@code offset} on. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, bytes.length);
    }

    @Override
    public String kind() {
        return "extension";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Extension that && type == that.type && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return type * 31 + Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return "extension(" + type + ", " + bytes.length + " bytes)";
    }

    private Extension shortest() {
        if (bytes.length != SECONDS_32 && bytes.length != NANOS_30_SECONDS_34 && bytes.length != NANOS_32_SECONDS_64) {
            throw new StateException(
                    ErrorCode.MALFORMED, "a timestamp has 4, 8 or 12 bytes, this one has " + bytes.length);
        }
        Extension shortest = timestamp(seconds(), nanos());
        return shortest.bytes.length == bytes.length ? this : shortest;
    }

    private void requireTimestamp() {
        if (type != TIMESTAMP) {
            throw new IllegalStateException("an extension of type " + type + " is no timestamp, that is " + TIMESTAMP);
        }
    }

    private int int32(int at) {
        return bytes[at] << 24 | (bytes[at + 1] & 0xff) << 16 | (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
    }

    private static void put(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >> 24);
        bytes[at + 1] = (byte) (value >> 16);
        bytes[at + 2] = (byte) (value >> 8);
        bytes[at + 3] = (byte) value;
    }
}
