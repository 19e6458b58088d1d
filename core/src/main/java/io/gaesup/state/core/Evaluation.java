package io.gaesup.state.core;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What a selector gave for what it read. Equal to any other with the same answers to the same questions: a pure
 * function has the same result then.
 */
final class Evaluation<T extends @Nullable Object> {

    final Read[] reads;
    private final @Nullable Object[] answers;
    private final int hash;

    /** The result; of no meaning in an evaluation that only serves to find another. */
    final @Nullable T result;

    Evaluation(Read[] reads, @Nullable Object[] answers, @Nullable T result) {
        this.reads = reads;
        this.answers = answers;
        this.result = result;
        int sum = 1;
        for (Object answer : answers) {
            sum = sum * 31 + Sameness.hash(answer);
        }
        this.hash = sum;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof Evaluation<?> that) || hash != that.hash || answers.length != that.answers.length) {
            return false;
        }
        for (int i = 0; i < answers.length; i++) {
            if (!Sameness.same(answers[i], that.answers[i])) {
                return false;
            }
        }
        return reads == that.reads || Arrays.equals(reads, that.reads);
    }

    @Override
    public int hashCode() {
        return hash;
    }
}
