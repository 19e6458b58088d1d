package io.gaesup.state.core.jvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gaesup.state.core.encoded.Platform;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class JvmPlatformTest {

    private static final Platform JVM = JvmPlatform.common();

    @Nested
    class Comparing {

        @Test
        void isTheSameOnBothAtEveryLengthWithADifferenceAtEveryPlace() {
            for (int length = 0; length <= 300; length++) {
                byte[] a = random(length + 11, length);
                byte[] b = new byte[length + 7];
                System.arraycopy(a, 5, b, 3, length);
                agree(a, 5, b, 3, length, length);
                for (int place = 0; place < length; place++) {
                    b[3 + place] ^= (byte) (1 << place % 8);
                    agree(a, 5, b, 3, length, place);
                    b[3 + place] ^= (byte) (1 << place % 8);
                }
            }
        }

        @Test
        void findsTheFirstOfSeveralDifferences() {
            byte[] a = random(100, 1);
            byte[] b = a.clone();
            b[99]++;
            b[64]++;
            b[41]++;
            agree(a, 0, b, 0, 100, 41);
        }

        @Test
        void looksAtNothingOutside() {
            for (int length = 0; length <= 300; length++) {
                byte[] a = random(length + 2, 1);
                byte[] b = a.clone();
                b[0]++;
                b[length + 1]++;
                agree(a, 1, b, 1, length, length);
            }
        }

        @Test
        void wholeArraysAreComparedAsWell() {
            for (int length = 0; length <= 300; length++) {
                byte[] a = random(length, 2);
                byte[] b = a.clone();
                agree(a, 0, b, 0, length, length);
                for (int place = 0; place < length; place++) {
                    b[place] ^= (byte) 0x80;
                    agree(a, 0, b, 0, length, place);
                    b[place] ^= (byte) 0x80;
                }
            }
        }

        private void agree(byte[] a, int aFrom, byte[] b, int bFrom, int length, int expected) {
            for (Platform platform : new Platform[] {JVM, Platform.PORTABLE}) {
                assertThat(platform.mismatch(a, aFrom, b, bFrom, length)).isEqualTo(expected);
                assertThat(platform.equal(a, aFrom, b, bFrom, length)).isEqualTo(expected == length);
            }
        }
    }

    @Test
    void checksumsAreTheSameOnBoth() {
        byte[] bytes = random(1000, 3);
        for (int length = 0; length < 900; length += 7) {
            assertThat(JVM.checksum(bytes, length % 50, length))
                    .isEqualTo(Platform.PORTABLE.checksum(bytes, length % 50, length));
        }
    }

    @Nested
    class Tasks {

        @Test
        void eachRunsOnce() {
            for (int count : new int[] {0, 1, 2, 3, 1000}) {
                AtomicIntegerArray runs = new AtomicIntegerArray(count);
                JVM.forEach(count, runs::incrementAndGet);
                for (int i = 0; i < count; i++) {
                    assertThat(runs.get(i)).isEqualTo(1);
                }
            }
        }

        @Test
        void runOnTheCallerWhereNobodyElseDoes() {
            IntConsumer onCaller = mustRunOn(Thread.currentThread());
            Executor full = task -> {
                throw new RejectedExecutionException("full");
            };
            Executor idle = task -> {};
            JvmPlatform.of(full, 4).forEach(10, onCaller);
            JvmPlatform.of(idle, 4).forEach(10, onCaller);
            JvmPlatform.of(idle, 1).forEach(10, onCaller);
        }

        @Test
        void doNotGetStuckWithinTheExecutorsOnlyThread() throws Exception {
            try (var executor = Executors.newSingleThreadExecutor()) {
                JvmPlatform platform = JvmPlatform.of(executor, 2);
                AtomicIntegerArray runs = new AtomicIntegerArray(8);
                executor.submit(() -> platform.forEach(8, runs::incrementAndGet))
                        .get();
                assertThat(runs.toString()).isEqualTo("[1, 1, 1, 1, 1, 1, 1, 1]");
            }
        }

        @Test
        void throwWhatOneOfThemThrew() {
            assertThatThrownBy(() -> JVM.forEach(100, i -> {
                        if (i == 41) {
                            throw new IllegalStateException("task " + i);
                        }
                    }))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessage("task 41");
        }

        @Test
        void needAtLeastTheCaller() {
            assertThatThrownBy(() -> JvmPlatform.of(Runnable::run, 0))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("there is at least the caller to work, not 0");
        }

        private static IntConsumer mustRunOn(Thread thread) {
            return i -> assertThat(Thread.currentThread()).isSameAs(thread);
        }
    }

    private static byte[] random(int length, long seed) {
        byte[] bytes = new byte[length];
        new SplittableRandom(seed).nextBytes(bytes);
        return bytes;
    }
}
