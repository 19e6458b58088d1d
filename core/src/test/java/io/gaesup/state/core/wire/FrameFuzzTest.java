package io.gaesup.state.core.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Decision;
import io.gaesup.state.core.Operation;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Submission;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import io.gaesup.state.core.codec.ByteReader;
import io.gaesup.state.core.codec.Mutations;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Bytes nobody meant: a frame comes out that can be written again, or a {@link StateException}; nothing else ever. */
final class FrameFuzzTest {

    private static final int ROUNDS = Boolean.getBoolean("gaesup.deep") ? 2_000_000 : 40_000;

    private final long seed = Long.getLong("gaesup.seed", System.nanoTime());
    private final SplittableRandom random = new SplittableRandom(seed);
    private int frames;

    @Test
    void randomBytesAreAFrameOrRefused() {
        System.out.println("FrameFuzzTest gaesup.seed=" + seed);
        List<Frame> kinds = FrameCodecTest.frames();
        for (int round = 0; round < ROUNDS; round++) {
            byte[] bytes = new byte[1 + random.nextInt(64)];
            random.nextBytes(bytes);
            bytes[0] = encode(kinds.get(random.nextInt(kinds.size())))[0];
            check(bytes);
        }
        assertThat(frames).isPositive();
    }

    @Test
    void mutatedFramesAreAFrameOrRefused() {
        System.out.println("FrameFuzzTest gaesup.seed=" + seed);
        byte[] valid = new byte[0];
        for (int round = 0; round < ROUNDS; round++) {
            if (round % 16 == 0) {
                valid = encode(frame());
            }
            check(Mutations.mutate(valid, random));
        }
        assertThat(frames).isPositive();
    }

    @Test
    void cutFramesAreRefused() {
        System.out.println("FrameFuzzTest gaesup.seed=" + seed);
        for (int round = 0; round < ROUNDS; round++) {
            byte[] valid = encode(frame());
            check(Arrays.copyOf(valid, random.nextInt(valid.length)));
        }
        assertThat(frames).isZero();
    }

    private Frame frame() {
        List<Frame> kinds = FrameCodecTest.frames();
        return switch (random.nextInt(4)) {
            case 0 ->
                new Frame.Submit(1, new Submission.Group(random.nextInt(9), List.of(new Submission(3, operations()))));
            case 1 -> new Frame.Deltas(1, 42, List.of(operations(), operations()));
            case 2 -> new Frame.State(1, "cart", 3, 41, List.of(Decision.applied(7, 2)), List.of("rows"), value());
            default -> kinds.get(random.nextInt(kinds.size()));
        };
    }

    private List<Operation> operations() {
        List<Operation> operations = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            operations.add(
                    switch (random.nextInt(7)) {
                        case 0 -> new Operation.Set(path(), value());
                        case 1 -> new Operation.Merge(path(), value());
                        case 2 -> new Operation.Delete(path());
                        case 3 -> new Operation.Increment(path(), Value.of(random.nextLong()));
                        case 4 -> new Operation.Insert(path(), value());
                        case 5 -> new Operation.Move(path(), path());
                        default -> new Operation.Test(path(), random.nextBoolean() ? value() : null);
                    });
        }
        return operations;
    }

    private Path path() {
        Path path = Path.ROOT;
        for (int depth = random.nextInt(16) == 0 ? 1 + random.nextInt(100) : 1 + random.nextInt(4);
                depth > 0;
                depth--) {
            path = random.nextBoolean() ? path.child(random.nextInt(1_000)) : path.child("k" + random.nextInt(5));
        }
        return path;
    }

    private Value value() {
        return Values.random(random, 1 + random.nextInt(10));
    }

    private void check(byte[] bytes) {
        Frame frame;
        try {
            frame = read(bytes);
        } catch (StateException e) {
            return;
        } catch (Throwable e) {
            throw new AssertionError("seed " + seed + ": " + e + " for " + Arrays.toString(bytes), e);
        }
        frames++;
        assertThat(read(encode(frame)))
                .as("seed %s, %s", seed, Arrays.toString(bytes))
                .isEqualTo(frame);
    }

    private static Frame read(byte[] bytes) {
        KeyTable table = KeyTable.learning();
        return new FrameCodec(number -> table).read(new ByteReader(bytes));
    }

    private static byte[] encode(Frame frame) {
        KeyTable table = KeyTable.giving();
        return new FrameCodec(number -> table).encode(frame);
    }
}
