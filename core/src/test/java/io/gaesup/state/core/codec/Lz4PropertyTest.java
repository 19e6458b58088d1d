package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.StateException;
import java.util.Arrays;
import java.util.SplittableRandom;
import net.jpountz.lz4.LZ4Exception;
import net.jpountz.lz4.LZ4Factory;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** lz4-java reads what we write and we read what it writes; of damaged blocks both make the same or nothing. */
final class Lz4PropertyTest {

    private static final LZ4Factory THEIRS = LZ4Factory.safeInstance();

    @Property
    void everyBlockComesBackHereAndThere(
            @ForAll long seed, @ForAll @IntRange(max = 200_000) int length, @ForAll @IntRange(max = 5) int kind) {
        byte[] bytes = bytes(new SplittableRandom(seed), length, kind);
        byte[] block = Lz4Test.compress(bytes);
        assertThat(Lz4Test.decompress(block, length)).isEqualTo(bytes);
        assertThat(THEIRS.safeDecompressor().decompress(block, length)).isEqualTo(bytes);
    }

    @Property
    void blocksOfTheOtherLibraryAreRead(
            @ForAll long seed, @ForAll @IntRange(max = 200_000) int length, @ForAll @IntRange(max = 5) int kind) {
        byte[] bytes = bytes(new SplittableRandom(seed), length, kind);
        assertThat(Lz4Test.decompress(THEIRS.fastCompressor().compress(bytes), length))
                .isEqualTo(bytes);
        assertThat(Lz4Test.decompress(THEIRS.highCompressor().compress(bytes), length))
                .isEqualTo(bytes);
    }

    @Property
    void damagedBlocksAreRefusedOrReadAsTheOtherLibraryDoes(
            @ForAll long seed, @ForAll @IntRange(max = 300) int length, @ForAll @IntRange(max = 5) int kind) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] damaged = Mutations.mutate(Lz4Test.compress(bytes(random, length, kind)), random);
        byte[] theirs = new byte[length];
        boolean theyRead;
        try {
            theyRead = THEIRS.safeDecompressor().decompress(damaged, 0, damaged.length, theirs, 0) == length;
        } catch (LZ4Exception e) {
            theyRead = false;
        }
        byte[] before = new byte[8];
        Arrays.fill(before, (byte) 0x5a);
        byte[] ours = new byte[length + 16];
        Arrays.fill(ours, (byte) 0x5a);
        boolean weRead;
        try {
            Lz4.decompress(damaged, 0, damaged.length, ours, 8, length);
            weRead = true;
        } catch (StateException e) {
            assertThat(e.detail()).startsWith("at byte ");
            weRead = false;
        }
        assertThat(Arrays.copyOf(ours, 8)).isEqualTo(before);
        assertThat(Arrays.copyOfRange(ours, 8 + length, ours.length)).isEqualTo(before);
        if (theyRead) {
            assertThat(weRead).isTrue();
            assertThat(Arrays.copyOfRange(ours, 8, 8 + length)).isEqualTo(theirs);
        }
    }

    /** Random bytes, few different bytes, runs, repeated rows, far repeats, or mixed. */
    static byte[] bytes(SplittableRandom random, int length, int kind) {
        byte[] bytes = new byte[length];
        int at = 0;
        while (at < length) {
            int piece = Math.min(length - at, 1 + random.nextInt(1 + random.nextInt(400)));
            switch (kind == 5 ? random.nextInt(5) : kind) {
                case 0 -> {
                    for (int i = 0; i < piece; i++) {
                        bytes[at + i] = (byte) random.nextInt();
                    }
                }
                case 1 -> {
                    for (int i = 0; i < piece; i++) {
                        bytes[at + i] = (byte) ('a' + random.nextInt(3));
                    }
                }
                case 2 -> Arrays.fill(bytes, at, at + piece, (byte) random.nextInt());
                case 3 -> {
                    for (int i = 0; i < piece; i++) {
                        bytes[at + i] = (byte) (i % 7 == 0 ? random.nextInt(4) : i % 31);
                    }
                }
                default -> {
                    int back = at == 0 ? 0 : random.nextInt(at);
                    for (int i = 0; i < piece; i++) {
                        bytes[at + i] = at == 0 || i % 40 == 39 ? (byte) random.nextInt() : bytes[back + i];
                    }
                }
            }
            at += piece;
        }
        return bytes;
    }
}
