package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Operations drawn at random that mostly make sense on the document they are drawn for: existing places, their
 * neighbours, and now and then a place where nothing can be.
 */
final class RandomEdits {

    private static final String[] STRANGE_SEGMENTS = {
        "-", "0", "1", "00", "-1", "x", "", "999", "4294967296", "a/b", "~"
    };
    private static final int SHARED_KEYS = 12;

    private final RandomGenerator random;
    private final List<Value> values;

    /** Draws from {@code random}; besides new values, operations carry the containers among {@code values}. */
    RandomEdits(RandomGenerator random, List<Value> values) {
        this.random = random;
        this.values = values;
    }

    /** One to four operations, each drawn for the document the ones before it leave. */
    List<Operation> batch(Object plain) {
        List<Operation> batch = new ArrayList<>();
        Object scratch = Plain.copy(plain);
        int count = random.nextInt(3) == 0 ? 1 + random.nextInt(4) : 1;
        for (int i = 0; i < count; i++) {
            Operation operation = operation(scratch);
            batch.add(operation);
            try {
                scratch = ModelEdit.apply(scratch, operation, new ArrayList<>());
            } catch (StateException e) {
                break;
            }
        }
        return batch;
    }

    Operation operation(Object plain) {
        return switch (random.nextInt(14)) {
            case 0, 1 -> new Operation.Set(seldomRoot(plain), value());
            case 2 -> new Operation.Set(neighbour(plain), value());
            case 3, 4 -> new Operation.Insert(belowRoot(neighbour(plain)), value());
            case 5, 6 -> new Operation.Delete(belowRoot(place(plain)));
            case 7 -> new Operation.Increment(random.nextBoolean() ? place(plain) : neighbour(plain), number());
            case 8, 9 -> new Operation.Merge(seldomRoot(plain), patch(3));
            case 10, 11 -> move(plain);
            case 12 -> test(plain);
            default -> new Operation.Set(random.nextBoolean() ? strange(plain) : neighbour(plain), number());
        };
    }

    private Path seldomRoot(Object plain) {
        Path path = place(plain);
        return path.isRoot() && random.nextInt(20) != 0 ? neighbour(plain) : path;
    }

    private Operation move(Object plain) {
        Path from = belowRoot(place(plain));
        Path to = belowRoot(random.nextBoolean() ? place(plain) : neighbour(plain));
        return new Operation.Move(from, to);
    }

    private Operation test(Object plain) {
        Path path = random.nextInt(4) == 0 ? neighbour(plain) : place(plain);
        Object found = ModelEdit.find(plain, path);
        return switch (random.nextInt(4)) {
            case 0 -> new Operation.Test(path, null);
            case 1 -> new Operation.Test(path, value());
            default -> new Operation.Test(path, found == null ? null : Plain.value(found));
        };
    }

    /** The path of something that is there. */
    Path place(Object plain) {
        Path path = Path.ROOT;
        Object at = plain;
        while (isFull(at) && random.nextInt(6) != 0 && path.depth() < 20) {
            if (at instanceof List<?> list) {
                int index = random.nextInt(list.size());
                path = path.child(index);
                at = list.get(index);
            } else {
                Map.Entry<?, ?> entry = entry((Map<?, ?>) at);
                path = path.child((String) entry.getKey());
                at = entry.getValue();
            }
        }
        return path;
    }

    /** A place in some container, where often nothing is. */
    Path neighbour(Object plain) {
        Path path = place(plain);
        Object at = ModelEdit.find(plain, path);
        if (at instanceof List<?> list) {
            return random.nextInt(3) == 0 ? path.child("-") : path.child(random.nextInt(list.size() + 1));
        }
        return at instanceof Map ? path.child(key()) : random.nextInt(3) == 0 ? strange(plain) : belowRoot(path);
    }

    private Path strange(Object plain) {
        return place(plain).child(STRANGE_SEGMENTS[random.nextInt(STRANGE_SEGMENTS.length)]);
    }

    private Path belowRoot(Path path) {
        return path.isRoot() ? path.child(random.nextBoolean() ? key() : "0") : path;
    }

    private Map.Entry<?, ?> entry(Map<?, ?> map) {
        int skip = random.nextInt(map.size());
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            if (skip-- == 0) {
                return entry;
            }
        }
        throw new AssertionError("a map of " + map.size() + " has no such entry");
    }

    private static boolean isFull(Object at) {
        return (at instanceof List<?> list && !list.isEmpty()) || (at instanceof Map<?, ?> map && !map.isEmpty());
    }

    Value value() {
        if (!values.isEmpty() && random.nextInt(3) == 0) {
            return values.get(random.nextInt(values.size()));
        }
        return switch (random.nextInt(8)) {
            case 0 -> Values.random(random, 12);
            case 1 -> ListValue.EMPTY;
            case 2 -> MapValue.empty();
            case 3 -> ListValue.of(number(), number());
            case 4 -> MapValue.of(key(), number(), key(), number());
            default -> number();
        };
    }

    Value.Number number() {
        return switch (random.nextInt(12)) {
            case 0 -> Value.of(Long.MAX_VALUE);
            case 1 -> Value.of(random.nextInt(5) - 2.0);
            default -> Value.of(random.nextInt(7));
        };
    }

    private Value patch(int depth) {
        MapValue.Builder patch = MapValue.builder();
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
            boolean deeper = depth > 0 && random.nextInt(3) == 0;
            patch.put(key(), random.nextInt(3) == 0 ? Value.NULL : deeper ? patch(depth - 1) : value());
        }
        return count == 0 && random.nextBoolean() ? value() : patch.build();
    }

    /** Few, so that they meet again; digits that look like positions among them, and keys of equal hash codes. */
    String key() {
        int number = random.nextInt(SHARED_KEYS);
        return switch (random.nextInt(8)) {
            case 0 -> Integer.toString(number % 4);
            case 1 -> Keys.colliding(number);
            case 2 -> "wide" + random.nextInt(60);
            default -> "k" + number;
        };
    }
}
