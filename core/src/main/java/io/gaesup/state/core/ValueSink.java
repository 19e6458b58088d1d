package io.gaesup.state.core;

/**
 * Takes the elements of a list one after the other, those that are kept packed without an object for each. For encoders;
 * see {@link ListValue#sendTo}.
 */
public interface ValueSink {

    /** An element, or a field of a row, that is none of the others. */
    void value(Value value);

    void text(String value);

    void integer(long value);

    void real(double value);

    /** A row begins, a map of {@code size} entries: each comes as {@link #key} and then as a value. */
    void startRow(int size);

    /** The key in {@code slot} of a row; in the next row of the same shape it is the same string. */
    void key(int slot, String key);

    void endRow();
}
