package io.gaesup.state.server;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.wire.Frame;

/** Which names stores and clients may have. */
final class Names {

    /** The longest name of a store, in characters. */
    static final int STORE_LENGTH_MAX = 128;

    private Names() {}

    /** {@code name}, if a store may be called so: it stands in addresses, logs and messages. */
    static String store(String name) {
        if (name.equals(".") || name.equals("..") || name.indexOf('/') >= 0) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST, "a store's name holds no '/' and is not '.' or '..': '" + name + "'");
        }
        return printable("a store's name", name, STORE_LENGTH_MAX);
    }

    /** {@code name}, if a client may be called so. */
    static String client(String name) {
        return printable("a client's id", name, Frame.CLIENT_LENGTH_MAX);
    }

    private static String printable(String what, String name, int lengthMax) {
        if (name.isEmpty() || name.length() > lengthMax) {
            throw new StateException(
                    ErrorCode.BAD_REQUEST,
                    what + " has 1 to " + lengthMax + " characters, this one has " + name.length());
        }
        name.codePoints().forEach(c -> {
            if (Character.isISOControl(c) || c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
                throw new StateException(
                        ErrorCode.BAD_REQUEST, what + " holds no control characters, this one holds code point " + c);
            }
        });
        return name;
    }
}
