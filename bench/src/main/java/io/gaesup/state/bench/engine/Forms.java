package io.gaesup.state.bench.engine;

import clojure.lang.IPersistentMap;
import clojure.lang.PersistentHashMap;
import clojure.lang.PersistentVector;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.vavr.Tuple2;
import io.vavr.collection.HashMap;
import io.vavr.collection.Vector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.msgpack.value.ValueFactory;
import org.pcollections.HashTreePMap;
import org.pcollections.TreePVector;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** The same document in the form of each library, and back to plain Java, so that results can be compared. */
public final class Forms {

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    private Forms() {}

    public static Value ours(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                var builder = MapValue.builder();
                map.forEach((key, value) -> builder.put((String) key, ours(value)));
                yield builder.build();
            }
            case List<?> list -> {
                var builder = ListValue.builder();
                list.forEach(value -> builder.add(ours(value)));
                yield builder.build();
            }
            case String text -> Value.of(text);
            case Long number -> Value.of((long) number);
            case Double number -> Value.of((double) number);
            case Boolean bool -> Value.of((boolean) bool);
            default -> throw unknown(plain);
        };
    }

    public static JsonNode jackson(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                var object = NODES.objectNode();
                map.forEach((key, value) -> object.set((String) key, jackson(value)));
                yield object;
            }
            case List<?> list -> {
                var array = NODES.arrayNode(list.size());
                list.forEach(value -> array.add(jackson(value)));
                yield array;
            }
            case String text -> NODES.stringNode(text);
            case Long number -> NODES.numberNode((long) number);
            case Double number -> NODES.numberNode((double) number);
            case Boolean bool -> NODES.booleanNode(bool);
            default -> throw unknown(plain);
        };
    }

    static Object vavr(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                HashMap<String, Object> built = HashMap.empty();
                for (var entry : map.entrySet()) {
                    built = built.put((String) entry.getKey(), vavr(entry.getValue()));
                }
                yield built;
            }
            case List<?> list -> Vector.ofAll(list.stream().map(Forms::vavr).toList());
            default -> plain;
        };
    }

    static Object pcollections(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> HashTreePMap.from(mapped(map));
            case List<?> list ->
                TreePVector.from(list.stream().map(Forms::pcollections).toList());
            default -> plain;
        };
    }

    private static Map<String, Object> mapped(Map<?, ?> map) {
        var mapped = new LinkedHashMap<String, Object>();
        map.forEach((key, value) -> mapped.put((String) key, pcollections(value)));
        return mapped;
    }

    static Object clojure(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                IPersistentMap built = PersistentHashMap.EMPTY;
                for (var entry : map.entrySet()) {
                    built = built.assoc(entry.getKey(), clojure(entry.getValue()));
                }
                yield built;
            }
            case List<?> list ->
                PersistentVector.create(list.stream().map(Forms::clojure).toList());
            default -> plain;
        };
    }

    static Object bifurcan(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                var built = new io.lacuna.bifurcan.Map<String, Object>().linear();
                map.forEach((key, value) -> built.put((String) key, bifurcan(value)));
                yield built.forked();
            }
            case List<?> list -> {
                var built = new io.lacuna.bifurcan.List<Object>().linear();
                list.forEach(value -> built.addLast(bifurcan(value)));
                yield built.forked();
            }
            default -> plain;
        };
    }

    public static org.msgpack.value.Value msgpack(Object plain) {
        return switch (plain) {
            case Map<?, ?> map -> {
                var builder = ValueFactory.newMapBuilder();
                map.forEach((key, value) -> builder.put(ValueFactory.newString((String) key), msgpack(value)));
                yield builder.build();
            }
            case List<?> list ->
                ValueFactory.newArray(list.stream().map(Forms::msgpack).toList());
            case String text -> ValueFactory.newString(text);
            case Long number -> ValueFactory.newInteger((long) number);
            case Double number -> ValueFactory.newFloat((double) number);
            case Boolean bool -> ValueFactory.newBoolean(bool);
            default -> throw unknown(plain);
        };
    }

    /** Plain Java again, from any of the forms. */
    public static Object plain(Object form) {
        return switch (form) {
            case MapValue map -> {
                var plain = new LinkedHashMap<String, Object>();
                map.forEach((key, value) -> plain.put(key, plain(value)));
                yield plain;
            }
            case ListValue list -> plainList(list);
            case Value.Text text -> text.value();
            case Value.Int number -> number.value();
            case Value.Float number -> number.value();
            case Value.Bool bool -> bool.value();
            case JsonNode node -> plainNode(node);
            case com.fasterxml.jackson.databind.JsonNode node -> plainNode(node);
            case HashMap<?, ?> map -> {
                var plain = new LinkedHashMap<Object, Object>();
                for (Tuple2<?, ?> entry : map) {
                    plain.put(entry._1, plain(entry._2));
                }
                yield plain;
            }
            case io.lacuna.bifurcan.IMap<?, ?> map -> plainMap(map.toMap());
            case io.lacuna.bifurcan.IList<?> list -> plainList(list);
            case org.msgpack.value.Value value -> plainMsgpack(value);
            case Map<?, ?> map -> plainMap(map);
            case Iterable<?> list -> plainList(list);
            default -> form;
        };
    }

    private static Map<Object, Object> plainMap(Map<?, ?> map) {
        var plain = new LinkedHashMap<Object, Object>();
        map.forEach((key, value) -> plain.put(plain(key), plain(value)));
        return plain;
    }

    private static List<Object> plainList(Iterable<?> list) {
        var plain = new ArrayList<>();
        list.forEach(value -> plain.add(plain(value)));
        return plain;
    }

    private static Object plainNode(JsonNode node) {
        if (node.isObject()) {
            var plain = new LinkedHashMap<String, Object>();
            node.forEachEntry((key, value) -> plain.put(key, plainNode(value)));
            return plain;
        }
        if (node.isArray()) {
            return plainList(node);
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.stringValue();
    }

    private static Object plainNode(com.fasterxml.jackson.databind.JsonNode node) {
        if (node.isObject()) {
            var plain = new LinkedHashMap<String, Object>();
            node.properties().forEach(entry -> plain.put(entry.getKey(), plainNode(entry.getValue())));
            return plain;
        }
        if (node.isArray()) {
            return plainList(node);
        }
        if (node.isIntegralNumber()) {
            return node.longValue();
        }
        if (node.isNumber()) {
            return node.doubleValue();
        }
        return node.isBoolean() ? (Object) node.booleanValue() : node.textValue();
    }

    private static Object plainMsgpack(org.msgpack.value.Value value) {
        return switch (value.getValueType()) {
            case MAP -> plainMap(value.asMapValue().map());
            case ARRAY -> plainList(value.asArrayValue());
            case STRING -> value.asStringValue().asString();
            case INTEGER -> value.asIntegerValue().toLong();
            case FLOAT -> value.asFloatValue().toDouble();
            case BOOLEAN -> value.asBooleanValue().getBoolean();
            case NIL, BINARY, EXTENSION -> throw unknown(value);
        };
    }

    private static IllegalArgumentException unknown(Object value) {
        return new IllegalArgumentException("no form for " + value.getClass() + ": " + value);
    }
}
