package io.gaesup.state.core.codec;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import org.jspecify.annotations.Nullable;

/** Reads one JSON document from UTF-8. */
final class JsonParser {

    private final @Nullable Pattern[] patterns = new @Nullable Pattern[Pattern.COUNT];
    private final CodecLimits limits;
    private final JsonInput in;
    private final JsonStrings strings;
    private final JsonNumbers numbers;
    private int depth;

    JsonParser(byte[] bytes, int offset, int length, CodecLimits limits) {
        this.limits = limits;
        in = new JsonInput(bytes, offset, length);
        strings = new JsonStrings(in);
        numbers = new JsonNumbers(in);
    }

    Value parse() {
        in.space();
        Value value = value();
        in.space();
        if (in.at < in.end) {
            throw in.malformed("expected the end, found " + in.found());
        }
        return value;
    }

    private Value value() {
        switch (in.peek()) {
            case '{' -> {
                return object();
            }
            case '[' -> {
                return list();
            }
            case '"' -> {
                return Value.of(strings.read());
            }
            case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> {
                return numbers.read();
            }
            case 't' -> {
                word("true");
                return Value.Bool.TRUE;
            }
            case 'f' -> {
                word("false");
                return Value.Bool.FALSE;
            }
            case 'n' -> {
                word("null");
                return Value.NULL;
            }
            default -> throw in.malformed("expected a value, found " + in.found());
        }
    }

    private Value list() {
        enter();
        if (in.peek() == ']') {
            leave();
            return ListValue.EMPTY;
        }
        ListValue.Builder builder = ListValue.builder();
        do {
            builder.add(value());
        } while (another(']'));
        return builder.build();
    }

    private Value object() {
        enter();
        if (in.peek() == '}') {
            leave();
            return MapValue.empty();
        }
        int place = patternPlace();
        Pattern pattern = patterns[place];
        if (pattern == null) {
            return newObject(place, new Pattern.Builder(), true);
        }
        Value[] values = new Value[pattern.size()];
        int known = 0;
        boolean more = true;
        while (more && known < values.length) {
            int length = pattern.match(known, in.bytes, in.at, in.end);
            if (length < 0) {
                break;
            }
            in.at += length;
            values[known++] = entryValue();
            more = another('}');
        }
        if (known == values.length && !more) {
            return finished(pattern.like().withValues(values), pattern.keys()[0]);
        }
        Pattern.Builder builder = new Pattern.Builder();
        builder.addAll(pattern, values, known);
        return newObject(place, builder, more);
    }

    /** Where the pattern for the object that begins here would stand. */
    private int patternPlace() {
        int hash = depth;
        for (int i = in.at + 1; i < in.end && i < in.at + 3; i++) {
            hash = hash * 31 + in.bytes[i];
        }
        return hash & Pattern.COUNT - 1;
    }

    /** Reads an object of which {@code builder} has the first entries already, and all if nothing is left. */
    private Value newObject(int place, Pattern.Builder builder, boolean unfinished) {
        boolean more = unfinished;
        while (more) {
            int from = in.at;
            String key = key();
            int to = in.at;
            if (!builder.add(key, entryValue(), from, to)) {
                throw in.failure(
                        ErrorCode.MALFORMED,
                        from,
                        "key \"" + JsonInput.clip(key) + "\" for the second time in one object");
            }
            more = another('}');
        }
        MapValue map = builder.build();
        patterns[place] = builder.pattern(map);
        return finished(map, builder.firstKey());
    }

    /** What an object is that has the entries of {@code map}. */
    private static Value finished(MapValue map, String firstKey) {
        return map.size() == 1 ? KindForm.read(firstKey, map) : map;
    }

    private String key() {
        int from = in.at;
        if (in.peek() != '"') {
            throw in.malformed("expected a key in quotes, found " + in.found());
        }
        String key = strings.read();
        if (in.at - from > limits.keyBytesMax() && Utf8.length(key) > limits.keyBytesMax()) {
            throw in.failure(
                    ErrorCode.LIMIT_EXCEEDED,
                    from,
                    "a map key has at most " + limits.keyBytesMax() + " bytes, this one has " + Utf8.length(key));
        }
        return key;
    }

    private Value entryValue() {
        in.space();
        if (in.peek() != ':') {
            throw in.malformed("expected ':' after a key, found " + in.found());
        }
        in.at++;
        in.space();
        return value();
    }

    /** Goes past a comma to the next item and returns true, or past {@code closing} and returns false. */
    private boolean another(char closing) {
        in.space();
        int next = in.peek();
        if (next == ',') {
            in.at++;
            in.space();
            return true;
        }
        if (next != closing) {
            throw in.malformed("expected ',' or '" + closing + "', found " + in.found());
        }
        leave();
        return false;
    }

    private void enter() {
        if (depth == limits.depthMax()) {
            throw in.failure(
                    ErrorCode.LIMIT_EXCEEDED,
                    in.at,
                    "a document nests at most " + limits.depthMax() + " deep, this one deeper");
        }
        depth++;
        in.at++;
        in.space();
    }

    private void leave() {
        depth--;
        in.at++;
    }

    private void word(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (in.at + i >= in.end || in.bytes[in.at + i] != word.charAt(i)) {
                throw in.malformed("expected a value, found " + in.found());
            }
        }
        in.at += word.length();
    }
}
