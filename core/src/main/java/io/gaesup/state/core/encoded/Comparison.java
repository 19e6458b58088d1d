package io.gaesup.state.core.encoded;

/** Comparing bytes eight at a time, where nothing of the platform does it. */
final class Comparison {

    /* One branch for eight bytes. Where there are no wide loads of bytes (WasmGC's arrays, JavaScript's) the bytes are
     * fetched one by one all the same; the branches are what costs. Nothing is read beyond either range. */

    private static final int STEP = 8;

    private Comparison() {}

    /** How many bytes are equal before the first that differs; {@code length} if none does. */
    static int mismatch(byte[] a, int aFrom, byte[] b, int bFrom, int length) {
        int i = 0;
        for (int last = length - STEP; i <= last; i += STEP) {
            int x = aFrom + i;
            int y = bFrom + i;
            int differing = a[x] ^ b[y]
                    | a[x + 1] ^ b[y + 1]
                    | a[x + 2] ^ b[y + 2]
                    | a[x + 3] ^ b[y + 3]
                    | a[x + 4] ^ b[y + 4]
                    | a[x + 5] ^ b[y + 5]
                    | a[x + 6] ^ b[y + 6]
                    | a[x + 7] ^ b[y + 7];
            if (differing != 0) {
                break;
            }
        }
        while (i < length && a[aFrom + i] == b[bFrom + i]) {
            i++;
        }
        return i;
    }
}
