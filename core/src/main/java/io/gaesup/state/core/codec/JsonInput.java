package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;

/** The text of a JSON document, where its reader stands in it, and the words for what is wrong there. */
final class JsonInput {

    final byte[] bytes;
    final int end;
    int at;
    private final int start;

    JsonInput(byte[] bytes, int offset, int length) {
        ByteReader.checkRange(bytes, offset, length);
        this.bytes = bytes;
        this.start = offset;
        this.end = offset + length;
        this.at = offset;
    }

    /** Goes past white space. */
    void space() {
        while (at < end) {
            byte b = bytes[at];
            if (b > ' ' || b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return;
            }
            at++;
        }
    }

    /** The next byte, or something that nothing begins with where there is none. */
    int peek() {
        return at < end ? bytes[at] : 0;
    }

    String found() {
        return found(at);
    }

    String found(int i) {
        if (i >= end) {
            return "the end";
        }
        byte b = bytes[i];
        return b > ' ' && b < 0x7f ? "'" + (char) b + "'" : "byte 0x" + Integer.toHexString(b & 0xff);
    }

    StateException malformed(String reason) {
        return failure(ErrorCode.MALFORMED, at, reason);
    }

    StateException failure(ErrorCode code, int where, String reason) {
        int line = 1;
        int column = 1;
        for (int i = start; i < where && i < end; i++) {
            if (bytes[i] == '\n') {
                line++;
                column = 1;
            } else if ((bytes[i] & 0xc0) != 0x80) {
                column++;
            }
        }
        return new StateException(code, "at line " + line + ", column " + column + ": " + reason);
    }

    /** The beginning of {@code text}, for a message. */
    static String clip(String text) {
        return text.length() <= 60 ? text : text.substring(0, 60) + "…";
    }
}
