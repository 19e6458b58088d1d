package io.gaesup.state.bench.codec;

import io.gaesup.state.core.encoded.Platform;
import io.gaesup.state.core.jvm.JvmPlatform;
import java.util.SplittableRandom;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * What does it cost to find two states equal, by length?
 *
 * <p>Back of the envelope: a scalar loop does one byte in a quarter of a nanosecond, a vector of 32 bytes takes about as
 * long; a call costs 2 ns, so that 64 bytes are the narrowest case.
 */
public class Comparing {

    private static final Platform PLATFORM = JvmPlatform.common();

    private static class Pair {
        final byte[] one;
        final byte[] other;

        Pair(int length) {
            one = new byte[length];
            new SplittableRandom(length).nextBytes(one);
            other = one.clone();
        }
    }

    @State(Scope.Thread)
    public static class Of64 extends Pair {
        public Of64() {
            super(64);
        }
    }

    @State(Scope.Thread)
    public static class Of256 extends Pair {
        public Of256() {
            super(256);
        }
    }

    @State(Scope.Thread)
    public static class Of1K extends Pair {
        public Of1K() {
            super(1_024);
        }
    }

    @State(Scope.Thread)
    public static class Of8K extends Pair {
        public Of8K() {
            super(8_192);
        }
    }

    @State(Scope.Thread)
    public static class Of64K extends Pair {
        public Of64K() {
            super(65_536);
        }
    }

    @State(Scope.Thread)
    public static class Of1M extends Pair {
        public Of1M() {
            super(1 << 20);
        }
    }

    @Benchmark
    public boolean ours64(Of64 pair) {
        return ours(pair);
    }

    @Benchmark
    public boolean scalar64(Of64 pair) {
        return scalar(pair);
    }

    @Benchmark
    public boolean ours256(Of256 pair) {
        return ours(pair);
    }

    @Benchmark
    public boolean scalar256(Of256 pair) {
        return scalar(pair);
    }

    @Benchmark
    public boolean ours1K(Of1K pair) {
        return ours(pair);
    }

    @Benchmark
    public boolean scalar1K(Of1K pair) {
        return scalar(pair);
    }

    @Benchmark
    public boolean ours8K(Of8K pair) {
        return ours(pair);
    }

    @Benchmark
    public boolean scalar8K(Of8K pair) {
        return scalar(pair);
    }

    @Benchmark
    public boolean ours64K(Of64K pair) {
        return ours(pair);
    }

    @Benchmark
    public boolean scalar64K(Of64K pair) {
        return scalar(pair);
    }

    @Benchmark
    public boolean ours1M(Of1M pair) {
        return ours(pair);
    }

    @Benchmark
    public boolean scalar1M(Of1M pair) {
        return scalar(pair);
    }

    private static boolean ours(Pair pair) {
        return PLATFORM.equal(pair.one, 0, pair.other, 0, pair.one.length);
    }

    private static boolean scalar(Pair pair) {
        byte[] one = pair.one;
        byte[] other = pair.other;
        for (int i = 0; i < one.length; i++) {
            if (one[i] != other[i]) {
                return false;
            }
        }
        return true;
    }
}
