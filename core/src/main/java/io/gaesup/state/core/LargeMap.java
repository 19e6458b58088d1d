package io.gaesup.state.core;

import org.jspecify.annotations.Nullable;

/**
 * A map of any number of keys: two lists in order of insertion, one of keys and one of values, and an index from a key
 * to its place in them. A removed entry leaves a hole; when half are holes, all is written anew.
 */
final class LargeMap extends MapValue {

    /** What stands where an entry was: known by identity, which is how containers are compared, and in no store. */
    private static final Value HOLE = new ShapedMap(Generation.NONE, Shape.EMPTY, new Value[0]);

    /** Below this many holes nothing is written anew. */
    private static final int HOLES_KEPT = 32;

    private KeyIndex index;
    private ListValue keys;
    private ListValue values;
    private int size;

    private LargeMap(long generation, LargeMap original) {
        super(generation);
        this.index = original.index;
        this.keys = original.keys;
        this.values = original.values;
        this.size = original.size;
    }

    private LargeMap(long generation) {
        super(generation);
        this.index = KeyIndex.EMPTY;
        this.keys = ListValue.EMPTY;
        this.values = ListValue.EMPTY;
    }

    static LargeMap of(long generation, MapValue entries) {
        LargeMap map = new LargeMap(generation);
        entries.forEach((key, value) -> map.append(key, value));
        return map;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public @Nullable Value get(String key) {
        int place = index.get(key);
        return place < 0 ? null : values.get(place);
    }

    @Override
    @Nullable
    Value child(Path path, int depth) {
        int place = place(path, depth);
        return place < 0 ? null : values.get(place);
    }

    /** As the index has it for a segment of a path, which remembers where it was last. */
    int place(Path path, int depth) {
        String key = path.segment(depth);
        int guess = path.slotGuess(depth);
        if (guess < places() && keyAt(guess).equals(key) && (size == places() || values.get(guess) != HOLE)) {
            return guess;
        }
        int place = index.get(key);
        if (place >= 0) {
            path.guessSlot(depth, place);
        }
        return place;
    }

    @Override
    public void forEach(Visitor visitor) {
        var eachKey = keys.iterator();
        for (Value value : values) {
            Value key = eachKey.next();
            if (value != HOLE) {
                visitor.entry(((Text) key).value(), value);
            }
        }
    }

    @Override
    public MapValue withValues(Value[] other) {
        if (other.length != size) {
            throw new IllegalArgumentException(other.length + " values for a map of " + size + " keys");
        }
        Builder builder = builder();
        forEach((key, old) -> builder.put(key, other[builder.size()]));
        return builder.build();
    }

    /** Whether every place of this map means the same key in {@code later}. Cheap where one came from the other. */
    boolean keepsPlacesIn(LargeMap later) {
        return places() <= later.places() && ListScan.differences(keys, later.keys, places()).length == 0;
    }

    /** How many places there are, holes included. */
    int places() {
        return values.size();
    }

    ListValue values() {
        return values;
    }

    String keyAt(int place) {
        return ((Text) keys.get(place)).value();
    }

    static boolean isHole(Value value) {
        return value == HOLE;
    }

    @Override
    @Nullable
    Container replace(long gen, Path path, int depth, Value value) {
        int place = place(path, depth);
        ListNode changed = place < 0 ? null : values.root().replace(gen, place, path, depth + 1, value);
        return changed == null ? null : with(gen, changed);
    }

    @Override
    Container descend(Edit edit, int depth) {
        int place = place(edit.path(), depth);
        if (place < 0) {
            throw edit.missing(this, depth);
        }
        return with(edit.generation(), values.root().edit(place, edit, depth + 1));
    }

    /**
     * From keys to places. While it is the same object a key keeps its place, or was removed, which leaves a hole there:
     * within a generation keys are only added, and in another generation a change copies.
     */
    KeyIndex index() {
        return index;
    }

    /** This map with the sum at {@code place}; null, and nothing changed, unless an int is there that takes it. */
    @Nullable
    LargeMap add(long gen, int place, long ups, long downs) {
        ListNode changed = values.root().add(gen, place, ups, downs);
        if (changed != null) {
            return with(gen, changed);
        }
        if (!(values.root().get(place) instanceof Int old) || !MergeSlots.addsUp(old.value(), ups, downs)) {
            return null;
        }
        return with(gen, values.root().set(gen, place, Value.of(old.value() + ups + downs)));
    }

    /** This map with other values in their places. */
    private LargeMap with(long gen, ListNode root) {
        if (root == values.root()) {
            return this;
        }
        LargeMap mine = mine(gen);
        mine.values = mine.values.with(gen, root);
        return mine;
    }

    @Override
    MapValue put(long gen, Path path, int depth, Value value) {
        return put(gen, place(path, depth), path.segment(depth), value);
    }

    @Override
    MapValue put(long gen, String key, Value value) {
        return put(gen, index.get(key), key, value);
    }

    private MapValue put(long gen, int place, String key, Value value) {
        LargeMap mine = mine(gen);
        if (place >= 0) {
            mine.values = mine.values.replace(gen, place, value);
        } else {
            checkKey(key);
            mine.append(key, value);
        }
        return mine;
    }

    @Override
    MapValue remove(long gen, String key) {
        int place = index.get(key);
        if (place < 0) {
            return this;
        }
        LargeMap mine = mine(gen);
        mine.index = mine.index.remove(gen, key);
        mine.values = mine.values.replace(gen, place, HOLE);
        mine.size--;
        return mine.places() - mine.size > Math.max(HOLES_KEPT, mine.size) ? of(gen, mine) : mine;
    }

    private void append(String key, Value value) {
        index = index.put(generation, key, keys.size());
        keys = keys.insert(generation, keys.size(), Text.checked(key));
        values = values.insert(generation, values.size(), value);
        size++;
    }

    private LargeMap mine(long gen) {
        return generation == gen ? this : new LargeMap(gen, this);
    }
}
