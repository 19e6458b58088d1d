package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;

/**
 * Documents as short texts: JSON with single quotes, {@code <00ff>} for bytes, {@code <5:00ff>} for an extension, no
 * escapes. A number is a float if it has
 * a point or an exponent. Writing gives one text per document, the order of keys included.
 */
final class Notation {

    private final String text;
    private int at;

    private Notation(String text) {
        this.text = text;
    }

    static Value read(String text) {
        Notation notation = new Notation(text);
        Value value = notation.value();
        if (notation.at != text.length()) {
            throw notation.unexpected();
        }
        return value;
    }

    static String write(Value value) {
        StringBuilder text = new StringBuilder();
        write(value, text);
        return text.toString();
    }

    private static void write(Value value, StringBuilder text) {
        switch (value) {
            case Value.Text string -> text.append('\'').append(string.value()).append('\'');
            case Value.Binary binary -> write(binary.toBytes(), text.append('<'));
            case Extension extension ->
                write(
                        extension.toBytes(),
                        text.append('<').append(extension.type()).append(':'));
            case ListValue list -> {
                String separator = "[";
                for (Value element : list) {
                    text.append(separator);
                    write(element, text);
                    separator = ",";
                }
                text.append(list.isEmpty() ? "[]" : "]");
            }
            case MapValue map -> {
                text.append('{');
                map.forEach((key, entry) -> {
                    text.append('\'').append(key).append("':");
                    write(entry, text);
                    text.append(',');
                });
                if (!map.isEmpty()) {
                    text.setLength(text.length() - 1);
                }
                text.append('}');
            }
            default -> text.append(value);
        }
    }

    private static void write(byte[] bytes, StringBuilder text) {
        for (byte b : bytes) {
            text.append(Character.forDigit(b >> 4 & 15, 16)).append(Character.forDigit(b & 15, 16));
        }
        text.append('>');
    }

    private Value value() {
        return switch (text.charAt(at)) {
            case '{' -> map();
            case '[' -> list();
            case '<' -> binary();
            case '\'' -> Value.of(string());
            case 'n' -> word("null", Value.NULL);
            case 't' -> word("true", Value.of(true));
            case 'f' -> word("false", Value.of(false));
            default -> number();
        };
    }

    private Value map() {
        MapValue.Builder map = MapValue.builder();
        take('{');
        while (text.charAt(at) != '}') {
            String key = string();
            take(':');
            map.put(key, value());
            comma('}');
        }
        take('}');
        return map.build();
    }

    private Value list() {
        List<Value> list = new ArrayList<>();
        take('[');
        while (text.charAt(at) != ']') {
            list.add(value());
            comma(']');
        }
        take(']');
        return ListValue.of(list);
    }

    private void comma(char end) {
        if (text.charAt(at) != end) {
            take(',');
        }
    }

    private Value binary() {
        int end = text.indexOf('>', at);
        int colon = text.substring(at, end).indexOf(':');
        int first = at + 1 + Math.max(colon, 0);
        byte[] bytes = new byte[(end - first) / 2];
        for (int i = 0; i < bytes.length; i++) {
            int start = first + 2 * i;
            bytes[i] = (byte) Integer.parseInt(text.substring(start, start + 2), 16);
        }
        Value value =
                colon < 0 ? Value.of(bytes) : Extension.of(Integer.parseInt(text.substring(at + 1, at + colon)), bytes);
        at = end + 1;
        return value;
    }

    private String string() {
        take('\'');
        int end = text.indexOf('\'', at);
        String string = text.substring(at, end);
        at = end + 1;
        return string;
    }

    private Value number() {
        int start = at;
        while (at < text.length() && "+-.0123456789eE".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
        String number = text.substring(start, at);
        boolean isFloat = number.indexOf('.') >= 0 || number.indexOf('e') >= 0 || number.indexOf('E') >= 0;
        if (number.isEmpty()) {
            throw unexpected();
        }
        return isFloat ? Value.of(Double.parseDouble(number)) : Value.of(Long.parseLong(number));
    }

    private Value word(String word, Value value) {
        if (!text.startsWith(word, at)) {
            throw unexpected();
        }
        at += word.length();
        return value;
    }

    private void take(char expected) {
        if (text.charAt(at) != expected) {
            throw unexpected();
        }
        at++;
    }

    private IllegalArgumentException unexpected() {
        return new IllegalArgumentException("unexpected text at " + at + " of " + text);
    }
}
