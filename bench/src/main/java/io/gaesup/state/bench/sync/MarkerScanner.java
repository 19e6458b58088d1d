package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.Locale;

/** Finds the markers {@code @@nnnnnnnn@@} in the bytes that one socket delivers. */
final class MarkerScanner {

    /*
     * A marker is the value that an update writes, so it stands in the raw bytes of every protocol and no frame has
     * to be parsed. Two facts make the search cheap: a marker starts with two '@', so looking at every second byte
     * cannot step over it; and the eight digits between tell it from a header byte that happens to be 64.
     * A marker may be cut by the end of a read anywhere: the last 11 bytes that belong to no marker are kept, and
     * put in front of the next read.
     */

    static final int LENGTH = 12;
    /** Room that the caller leaves in front of what it read. */
    static final int ROOM = LENGTH - 1;

    static final int NUMBERS = 100_000_000;

    private static final int DIGITS = 8;

    private final byte[] tail = new byte[ROOM];
    private int tailLength;

    /** Called for each marker, in the order of the bytes. */
    interface Sink {
        void marker(int number);
    }

    static byte[] bytesOf(int number) {
        if (number < 0 || number >= NUMBERS) {
            throw new IllegalArgumentException("a marker has " + DIGITS + " digits: " + number);
        }
        var bytes = new byte[LENGTH];
        write(number, bytes, 0);
        return bytes;
    }

    static void write(int number, byte[] target, int at) {
        target[at] = '@';
        target[at + 1] = '@';
        int rest = number;
        for (int digit = at + 1 + DIGITS; digit > at + 1; digit--) {
            target[digit] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
        target[at + LENGTH - 2] = '@';
        target[at + LENGTH - 1] = '@';
    }

    static String textOf(int number) {
        return new String(bytesOf(number), ISO_8859_1);
    }

    /**
     * Reports the markers in {@code bytes[from, to)} and those that a former call saw the beginning of.
     *
     * @param bytes overwritten in the {@link #ROOM} bytes before {@code from}
     */
    void scan(byte[] bytes, int from, int to, Sink sink) {
        if (from < ROOM) {
            throw new IllegalArgumentException(
                    String.format(Locale.ROOT, "no room for a tail of %d bytes before %d", ROOM, from));
        }
        int seen = from - tailLength;
        System.arraycopy(tail, 0, bytes, seen, tailLength);
        int at = seen + 1;
        while (at - 1 + LENGTH <= to) {
            int number = -1;
            int start = at - 1;
            if (bytes[at] == '@') {
                number = numberAt(bytes, start);
                if (number < 0 && at + LENGTH <= to) {
                    start = at;
                    number = numberAt(bytes, start);
                }
            }
            if (number < 0) {
                at += 2;
                continue;
            }
            sink.marker(number);
            seen = start + LENGTH;
            at = seen + 1;
        }
        tailLength = Math.min(to - seen, ROOM);
        System.arraycopy(bytes, to - tailLength, tail, 0, tailLength);
    }

    private static int numberAt(byte[] bytes, int start) {
        if (bytes[start] != '@'
                || bytes[start + 1] != '@'
                || bytes[start + LENGTH - 2] != '@'
                || bytes[start + LENGTH - 1] != '@') {
            return -1;
        }
        int number = 0;
        for (int at = start + 2; at < start + 2 + DIGITS; at++) {
            int digit = bytes[at] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }
}
