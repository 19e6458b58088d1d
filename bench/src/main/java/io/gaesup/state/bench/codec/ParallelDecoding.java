package io.gaesup.state.bench.codec;

import io.gaesup.state.bench.engine.Documents;
import io.gaesup.state.bench.engine.Forms;
import io.gaesup.state.core.encoded.EncodedState;
import io.gaesup.state.core.encoded.Platform;
import io.gaesup.state.core.jvm.JvmPlatform;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * From what size on do two processors decode a state sooner than one?
 *
 * <p>Back of the envelope: all but joining the pieces can be shared, so close to half the time; waking another thread takes
 * some tens of microseconds, which is what decoding 30 KB takes.
 */
public class ParallelDecoding {

    /** One thread, with all else that a JVM does faster. */
    private static final Platform ONE = JvmPlatform.of(Runnable::run, 1);

    private static final Platform ALL = JvmPlatform.common();

    /** A state of so many rows of about 155 bytes. */
    private static class Rows {
        final byte[] bytes;

        Rows(int count) {
            bytes = EncodedState.encode(Forms.ours(Documents.orders(count)));
        }
    }

    @State(Scope.Thread)
    public static class Of64K extends Rows {
        public Of64K() {
            super(420);
        }
    }

    @State(Scope.Thread)
    public static class Of256K extends Rows {
        public Of256K() {
            super(1_700);
        }
    }

    @State(Scope.Thread)
    public static class Of1M extends Rows {
        public Of1M() {
            super(6_800);
        }
    }

    @State(Scope.Thread)
    public static class Of4M extends Rows {
        public Of4M() {
            super(27_000);
        }
    }

    @Benchmark
    public Object all64K(Of64K state) {
        return EncodedState.of(state.bytes, ALL).decode();
    }

    @Benchmark
    public Object one64K(Of64K state) {
        return EncodedState.of(state.bytes, ONE).decode();
    }

    @Benchmark
    public Object all256K(Of256K state) {
        return EncodedState.of(state.bytes, ALL).decode();
    }

    @Benchmark
    public Object one256K(Of256K state) {
        return EncodedState.of(state.bytes, ONE).decode();
    }

    @Benchmark
    public Object all1M(Of1M state) {
        return EncodedState.of(state.bytes, ALL).decode();
    }

    @Benchmark
    public Object one1M(Of1M state) {
        return EncodedState.of(state.bytes, ONE).decode();
    }

    @Benchmark
    public Object all4M(Of4M state) {
        return EncodedState.of(state.bytes, ALL).decode();
    }

    @Benchmark
    public Object one4M(Of4M state) {
        return EncodedState.of(state.bytes, ONE).decode();
    }
}
