package io.gaesup.state.core.codec;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damage to valid bytes: what a broken disk, a cut frame or a malicious peer makes of them. */
public final class Mutations {

    private static final byte[] INTERESTING = {
        0,
        1,
        0x7f,
        -1,
        -128,
        '"',
        '\\',
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '-',
        'e',
        '.',
        '0',
        (byte) 0xc1,
        (byte) 0xc6,
        (byte) 0xcb,
        (byte) 0xd9,
        (byte) 0xdb,
        (byte) 0xdd,
        (byte) 0xdf,
        (byte) 0xed
    };

    private Mutations() {}

    /** A copy with one to four changes. */
    public static byte[] mutate(byte[] valid, RandomGenerator random) {
        byte[] bytes = valid.clone();
        for (int changes = 1 + random.nextInt(4); changes > 0 && bytes.length > 0; changes--) {
            bytes = change(bytes, random);
        }
        return bytes;
    }

    private static byte[] change(byte[] bytes, RandomGenerator random) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(6)) {
            case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> bytes[at] = INTERESTING[random.nextInt(INTERESTING.length)];
            case 2 -> bytes[at] = (byte) random.nextInt();
            case 3 -> {
                return Arrays.copyOf(bytes, at);
            }
            case 4 -> {
                int end = at + random.nextInt(Math.min(8, bytes.length - at) + 1);
                byte[] shorter = Arrays.copyOf(bytes, bytes.length - (end - at));
                System.arraycopy(bytes, end, shorter, at, bytes.length - end);
                return shorter;
            }
            default -> {
                int from = random.nextInt(bytes.length);
                int length = Math.min(1 + random.nextInt(8), Math.min(bytes.length - from, bytes.length - at));
                System.arraycopy(bytes.clone(), from, bytes, at, length);
            }
        }
        return bytes;
    }
}
