package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.MessagePack;

/** One of two documents that are compared, and what is decoded of it. */
final class Side {

    final byte[] bytes;
    private ByteReader reader;

    Side(byte[] bytes) {
        this.bytes = bytes;
        this.reader = new ByteReader(bytes);
    }

    Walker walker(int from, int to) {
        return new Walker(bytes, 0, from, to);
    }

    /** The value at {@code from}, which is {@code depth} containers deep. */
    Value decode(int from, int depth) {
        if (from < reader.position()) {
            // A reader knows the keys it has met, so one is kept as long as it goes forward.
            reader = new ByteReader(bytes);
        }
        reader.skip(from - reader.position());
        return MessagePack.decode(reader, depth);
    }

    /** The name at {@code from}. */
    String name(int from) {
        if (decode(from, 0) instanceof Value.Text text) {
            return text.value();
        }
        throw new StateException(ErrorCode.MALFORMED, "at byte " + from + " of the payload: a key is a string");
    }
}
