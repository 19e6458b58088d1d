package io.gaesup.state.core;

import java.util.Arrays;

/**
 * One value of a store's tree: a scalar, a {@link ListValue} or a {@link MapValue}. Values are immutable to everyone
 * who holds one, may be shared freely between threads and stores, and compare by content.
 *
 * <p>Ints and floats are different values: {@code Int(1)} does not equal {@code Float(1.0)}.
 */
public sealed interface Value
        permits Value.Null, Value.Bool, Value.Number, Value.Text, Value.Binary, Extension, Container {

    /** The JSON {@code null}: a value that is there and says "nothing". */
    Value NULL = Null.NULL;

    static Bool of(boolean value) {
        return value ? Bool.TRUE : Bool.FALSE;
    }

    static Int of(long value) {
        return Int.of(value);
    }

    /**
     * The float {@code value}.
     *
     * @throws StateException with code {@code BAD_NUMBER} for NaN and the infinities
     */
    static Float of(double value) {
        return new Float(value);
    }

    /**
     * The text {@code value}.
     *
     * @throws StateException with code {@code MALFORMED} for a lone surrogate
     */
    static Text of(String value) {
        Text.checkSurrogates(value);
        return Text.checked(value);
    }

    /** The bytes, copied. */
    static Binary of(byte[] value) {
        return new Binary(value.clone());
    }

    /** The word for this value's kind in messages: null, bool, int, float, string, binary, extension, list or map. */
    String kind();

    /** The only null there is. */
    enum Null implements Value {
        NULL;

        @Override
        public String kind() {
            return "null";
        }

        @Override
        public String toString() {
            return "null";
        }
    }

    /** True or false. */
    enum Bool implements Value {
        FALSE,
        TRUE;

        public boolean value() {
            return this == TRUE;
        }

        @Override
        public String kind() {
            return "bool";
        }

        @Override
        public String toString() {
            return this == TRUE ? "true" : "false";
        }
    }

    /** An {@link Int} or a {@link Float}: what {@code increment} works on. */
    sealed interface Number extends Value permits Int, Float {

        /** The nearest double; exact for floats and for ints up to 2^53. */
        double doubleValue();
    }

    /** A 64-bit integer. */
    record Int(long value) implements Number {

        private static final int CACHED_MIN = -128;
        private static final int CACHED_MAX = 1023;
        private static final Int[] CACHED = new Int[CACHED_MAX - CACHED_MIN + 1];

        static {
            for (int i = 0; i < CACHED.length; i++) {
                CACHED[i] = new Int(i + CACHED_MIN);
            }
        }

        /** The int {@code value}; numbers from -128 to 1023 are shared and cost nothing. */
        public static Int of(long value) {
            return value >= CACHED_MIN && value <= CACHED_MAX ? CACHED[(int) value - CACHED_MIN] : new Int(value);
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public String kind() {
            return "int";
        }

        @Override
        public String toString() {
            return Long.toString(value);
        }
    }

    /** A 64-bit IEEE 754 number; never NaN or infinite. {@code -0.0} and {@code 0.0} are different values. */
    record Float(double value) implements Number {

        public Float {
            if (!Double.isFinite(value)) {
                throw new StateException(ErrorCode.BAD_NUMBER, value + " is not a number a store can hold");
            }
        }

        @Override
        public double doubleValue() {
            return value;
        }

        @Override
        public String kind() {
            return "float";
        }

        // Spelled out, because TeaVM 0.15 gives records of doubles an equals for which 0.0 is -0.0.
        @Override
        public boolean equals(Object other) {
            return other instanceof Float that && Double.doubleToLongBits(value) == Double.doubleToLongBits(that.value);
        }

        @Override
        public int hashCode() {
            return Double.hashCode(value);
        }

        @Override
        public String toString() {
            return Double.toString(value);
        }
    }

    /** A string without lone surrogates, so that every text has a UTF-8 form. Made by {@link Value#of(String)}. */
    final class Text implements Value {

        private final String value;

        private Text(String value) {
            this.value = value;
        }

        /**
         * The text of a string that the caller knows to have no lone surrogate, such as one just read from valid UTF-8.
         * It is not looked at again; a wrong promise makes a text that cannot be written.
         */
        public static Text checked(String value) {
            return new Text(value);
        }

        public String value() {
            return value;
        }

        static void checkSurrogates(String value) {
            for (int i = 0; i < value.length(); i++) {
                if (Character.isSurrogate(value.charAt(i))) {
                    i = afterPair(value, i);
                }
            }
        }

        private static int afterPair(String value, int at) {
            if (Character.isHighSurrogate(value.charAt(at))
                    && at + 1 < value.length()
                    && Character.isLowSurrogate(value.charAt(at + 1))) {
                return at + 1;
            }
            throw new StateException(ErrorCode.MALFORMED, "a string has a lone surrogate at index " + at);
        }

        @Override
        public String kind() {
            return "string";
        }

        @Override
        public boolean equals(Object other) {
            return this == other || (other instanceof Text that && value.equals(that.value));
        }

        @Override
        public int hashCode() {
            return value.hashCode();
        }

        @Override
        public String toString() {
            return '"' + value + '"';
        }
    }

    /** A sequence of bytes. */
    final class Binary implements Value {

        private final byte[] bytes;

        private Binary(byte[] bytes) {
            this.bytes = bytes;
        }

        /** Takes over {@code bytes} without a copy: the caller never changes them again. */
        public static Binary wrap(byte[] bytes) {
            return new Binary(bytes);
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
            return "binary";
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof Binary that && Arrays.equals(bytes, that.bytes);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "binary(" + bytes.length + " bytes)";
        }
    }
}
