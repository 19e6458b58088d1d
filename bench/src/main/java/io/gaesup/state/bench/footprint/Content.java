package io.gaesup.state.bench.footprint;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** A hash of what a tree holds, the same for every library: types, values, and the order of keys and elements. */
final class Content {

    private final MessageDigest digest;

    private Content() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new AssertionError("every JDK has SHA-256", impossible);
        }
    }

    static String hash(Object root) {
        var content = new Content();
        content.add(root);
        return HexFormat.of().formatHex(content.digest.digest());
    }

    private void add(@Nullable Object value) {
        switch (value) {
            case null -> put('n', "");
            case MapValue map -> {
                put('{', "");
                map.forEach((key, entry) -> {
                    put('k', key);
                    add(entry);
                });
                put('}', "");
            }
            case ListValue list -> addAll(list);
            case Value.Text text -> put('s', text.value());
            case Value.Int number -> put('i', Long.toString(number.value()));
            case Value.Float number -> put('f', Double.toString(number.value()));
            case Value.Bool bool -> put('b', Boolean.toString(bool.value()));
            case Value.Null _ -> put('n', "");
            case Map<?, ?> map -> {
                put('{', "");
                map.forEach((key, entry) -> {
                    put('k', (String) key);
                    add(entry);
                });
                put('}', "");
            }
            case List<?> list -> addAll(list);
            case String text -> put('s', text);
            case Integer number -> put('i', Integer.toString(number));
            case Long number -> put('i', Long.toString(number));
            case Double number -> put('f', Double.toString(number));
            case Boolean bool -> put('b', Boolean.toString(bool));
            case JsonNode node -> addNode(node);
            default -> throw new IllegalArgumentException("no such value in JSON: " + value.getClass());
        }
    }

    private void addNode(JsonNode node) {
        if (node.isObject()) {
            put('{', "");
            node.forEachEntry((key, entry) -> {
                put('k', key);
                add(entry);
            });
            put('}', "");
        } else if (node.isArray()) {
            addAll(node);
        } else if (node.isIntegralNumber()) {
            put('i', Long.toString(node.longValue()));
        } else if (node.isNumber()) {
            put('f', Double.toString(node.doubleValue()));
        } else if (node.isBoolean()) {
            put('b', Boolean.toString(node.booleanValue()));
        } else {
            put(node.isNull() ? 'n' : 's', node.isNull() ? "" : node.stringValue());
        }
    }

    private void addAll(Iterable<?> list) {
        put('[', "");
        list.forEach(this::add);
        put(']', "");
    }

    private void put(char type, String text) {
        var bytes = text.getBytes(UTF_8);
        digest.update((type + Integer.toString(bytes.length) + ":").getBytes(UTF_8));
        digest.update(bytes);
    }
}
