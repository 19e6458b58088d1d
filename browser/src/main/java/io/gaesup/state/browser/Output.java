package io.gaesup.state.browser;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What goes to JavaScript, always from the front of the lanes on. */
final class Output {
    /** Where bytes begin that have a count in front. */
    private static final int BODY = 8;

    private final Lanes lanes;
    private final ByteWriter bytes = new ByteWriter();
    private int[] fired = new int[16];
    private int firedCount;

    Output(Lanes lanes) {
        this.lanes = lanes;
    }

    /** Makes sure there are {@code size} bytes. */
    int room(int size) {
        if (size > lanes.capacity() && !lanes.grow(size)) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "no memory for a message of " + size + " bytes, there are " + lanes.capacity());
        }
        return 0;
    }

    void number(double value) {
        lanes.putDouble(0, value);
    }

    void numbers(double first, double second) {
        lanes.putDouble(0, first);
        lanes.putDouble(8, second);
    }

    /** Strings one behind the other. */
    void texts(String... texts) {
        start();
        for (String text : texts) {
            MessagePack.encode(Value.of(whole(text)), bytes);
        }
        flush(0);
    }

    void bytes(ByteWriter message) {
        room(message.size());
        lanes.putBytes(0, message.toBytes(), 0, message.size());
    }

    /** A message may have cut a surrogate pair in two, and must not fail for that. */
    private static String whole(String text) {
        StringBuilder whole = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (pair) {
                whole.append(c).append(text.charAt(++i));
            } else {
                whole.append(Character.isSurrogate(c) ? '?' : c);
            }
        }
        return whole.toString();
    }

    /** Begins a list of values or changes. */
    void start() {
        bytes.reset();
    }

    void value(Value value) {
        MessagePack.encode(value, bytes);
    }

    void change(int kind, Path path, @Nullable Value value) {
        bytes.writeByte(kind);
        MessagePack.encode(Value.of(path.toString()), bytes);
        if (value != null) {
            MessagePack.encode(value, bytes);
        }
    }

    /** Puts what was begun into the lanes, with {@code count} in front. */
    void finish(int count) {
        flush(BODY);
        lanes.putInt(0, count);
    }

    private void flush(int at) {
        room(at + bytes.size());
        lanes.putBytes(at, bytes.toBytes(), 0, bytes.size());
    }

    void forgetFired() {
        firedCount = 0;
    }

    void fire(int subscription) {
        if (firedCount == fired.length) {
            fired = Arrays.copyOf(fired, firedCount * 2);
        }
        fired[firedCount++] = subscription;
    }

    /** Puts the subscriptions that fired into the lanes and returns their number. */
    int fired() {
        room(firedCount * 4);
        for (int i = 0; i < firedCount; i++) {
            lanes.putInt(i * 4, fired[i]);
        }
        return firedCount;
    }
}
