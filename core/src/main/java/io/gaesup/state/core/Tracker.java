package io.gaesup.state.core;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The document for one evaluation of a selector; notes what is read. */
final class Tracker implements Selector.Reader {

    /* A selector mostly reads what it read the last time, in the same order. So the last reads are compared one by one
     * with the present ones, and as long as they agree, nothing is made for them. */

    /** How many questions are noted; who asks more depends on the whole document. */
    static final int READS_MAX = 10_000;

    private static final Read[] WHOLE = {new Read.At(Path.ROOT, Read.Kind.VALUE)};

    private final Selectors selectors;
    private final SelectorNode<?> node;
    private final Value root;
    private final Read[] expected;
    private Read[] reads;
    private @Nullable Object[] answers;
    private int count;
    private boolean tooMany;
    private boolean ended;
    private final Set<SelectorNode<?>> dependencies = new LinkedHashSet<>();

    Tracker(Selectors selectors, SelectorNode<?> node, Read[] expected) {
        this.selectors = selectors;
        this.node = node;
        this.root = selectors.root();
        this.expected = expected;
        this.reads = expected;
        this.answers = new Object[Math.max(2, expected.length)];
    }

    @Override
    public @Nullable Value get(Path path) {
        Value found = (Value) ask(path, Read.Kind.VALUE);
        if (found instanceof Container) {
            selectors.share();
        }
        return found;
    }

    @Override
    public boolean has(Path path) {
        return Boolean.TRUE.equals(ask(path, Read.Kind.EXISTENCE));
    }

    @Override
    public int size(Path path) {
        return ask(path, Read.Kind.SIZE) instanceof Integer size ? size : 0;
    }

    @Override
    public List<String> keys(Path path) {
        return ask(path, Read.Kind.KEYS) instanceof Sameness.Keys keys ? keys.names() : List.of();
    }

    private @Nullable Object ask(Path path, Read.Kind kind) {
        checkOpen();
        Read next = count < expected.length ? expected[count] : null;
        Read read = next instanceof Read.At at && at.kind() == kind && at.path().equals(path)
                ? next
                : new Read.At(path, kind);
        Object answer = read.answer(root);
        note(read, answer);
        return answer;
    }

    @Override
    public void forEach(PathPattern pattern, PathPattern.Visitor visitor) {
        checkOpen();
        Read read = new Read.Matching(pattern);
        selectors.share();
        note(read, read.answer(root));
        pattern.forEachIn(root, visitor);
    }

    @Override
    public <S extends @Nullable Object> S get(Selector<S> selector) {
        checkOpen();
        SelectorNode<S> other = selectors.dependency(selector, node);
        dependencies.add(other);
        S result = other.value();
        note(new Read.Of(selector), result);
        return result;
    }

    private void note(Read read, @Nullable Object answer) {
        if (count == READS_MAX) {
            tooMany = true;
            return;
        }
        if (count == answers.length) {
            answers = Arrays.copyOf(answers, count * 2);
        }
        answers[count] = answer;
        if (reads != expected || count >= expected.length || !expected[count].equals(read)) {
            if (reads == expected || count == reads.length) {
                reads = Arrays.copyOf(reads, Math.max(4, count * 2));
            }
            reads[count] = read;
        }
        count++;
    }

    private void checkOpen() {
        if (ended) {
            throw new IllegalStateException(
                    "the reader of " + node.selector() + " is valid during its evaluation only");
        }
    }

    /** The reader must not be used any more. */
    void end() {
        ended = true;
    }

    /** What was read, the very array that was expected if it was the same. */
    Read[] reads() {
        if (tooMany) {
            return expected.length == 1 && expected[0].equals(WHOLE[0]) ? expected : WHOLE;
        }
        return reads == expected && count == expected.length ? expected : Arrays.copyOf(reads, count);
    }

    /** The answers, one for each of {@link #reads}. */
    @Nullable
    Object[] answers() {
        if (tooMany) {
            selectors.share();
            return new @Nullable Object[] {root};
        }
        return count == answers.length ? answers : Arrays.copyOf(answers, count);
    }

    /** The selectors that were read. */
    Set<SelectorNode<?>> dependencies() {
        return dependencies;
    }
}
