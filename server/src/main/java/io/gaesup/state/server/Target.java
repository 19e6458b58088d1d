package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * What an address under {@code /api/stores/} names: a store and a path in it.
 *
 * <p>The first segment is the store's name, the rest is a JSON Pointer (RFC 6901) in its URI form: {@code
 * /api/stores/cart/items/3}. A slash within a key is {@code ~1} or {@code %2F}, a tilde {@code ~0}.
 */
record Target(String store, Path path) {

    /**
     * Takes {@code rest}, what comes after {@code /api/stores/}, apart.
     *
     * @throws StateException with code {@code BAD_PATH} or {@code BAD_REQUEST}
     */
    static Target of(String rest) {
        int slash = rest.indexOf('/');
        String name = Names.store(decode(slash < 0 ? rest : rest.substring(0, slash)));
        if (slash < 0) {
            return new Target(name, Path.ROOT);
        }
        StringBuilder pointer = new StringBuilder();
        for (String segment : rest.substring(slash + 1).split("/", -1)) {
            pointer.append('/').append(decode(segment).replace("/", "~1"));
        }
        return new Target(name, Path.of(pointer.toString()));
    }

    /** {@code segment} without its percent escapes. */
    static String decode(String segment) {
        if (segment.indexOf('%') < 0) {
            return segment;
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int at = 0;
        while (at < segment.length()) {
            char c = segment.charAt(at);
            if (c != '%') {
                bytes.writeBytes(String.valueOf(c).getBytes(StandardCharsets.UTF_8));
                at++;
            } else if (at + 3 <= segment.length()
                    && HexFormat.isHexDigit(segment.charAt(at + 1))
                    && HexFormat.isHexDigit(segment.charAt(at + 2))) {
                bytes.write(HexFormat.fromHexDigits(segment, at + 1, at + 3));
                at += 3;
            } else {
                throw new StateException(
                        ErrorCode.BAD_PATH, "'" + segment + "': '%' is followed by two hexadecimal digits");
            }
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new StateException(ErrorCode.BAD_PATH, "'" + segment + "' is not UTF-8 behind its escapes", e);
        }
    }
}
