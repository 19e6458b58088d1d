package io.gaesup.state.core;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The results of one selector by what it read, so that going back to an earlier document finds them. */
final class Memo<T extends @Nullable Object> {

    /* The same questions are asked again and again, with other answers. So the few lists of questions that occurred last
     * are kept: asking one list's questions of the document and hashing the answers finds its result among all. */

    /** How many results are kept, the ones used last. */
    static final int RESULTS_MAX = 100;

    /** How many answers all results together keep. */
    static final int ANSWERS_MAX = 100_000;

    /** How many lists of questions are tried. */
    static final int QUESTIONS_MAX = 4;

    private final Map<Evaluation<T>, Evaluation<T>> results = new LinkedHashMap<>(16, 0.75f, true);
    private final List<Read[]> questions = new ArrayList<>(1);
    private int answers;

    /** The lists of questions to try, the most promising first. */
    List<Read[]> questions() {
        return questions;
    }

    @Nullable
    Evaluation<T> find(Read[] reads, @Nullable Object[] found) {
        return results.get(new Evaluation<T>(reads, found, null));
    }

    void put(Evaluation<T> evaluation) {
        Evaluation<T> same = results.put(evaluation, evaluation);
        answers += evaluation.reads.length - (same == null ? 0 : same.reads.length);
        prefer(evaluation.reads);
        Iterator<Evaluation<T>> eldest = results.values().iterator();
        while (results.size() > RESULTS_MAX || (answers > ANSWERS_MAX && results.size() > 1)) {
            answers -= eldest.next().reads.length;
            eldest.remove();
        }
    }

    /** Has {@code reads} tried first from now on. */
    void prefer(Read[] reads) {
        if (questions.isEmpty() || questions.getFirst() != reads) {
            questions.remove(reads);
            questions.addFirst(reads);
            if (questions.size() > QUESTIONS_MAX) {
                questions.removeLast();
            }
        }
    }
}
