package io.gaesup.state.core.encoded;

/** The CRC-32C (Castagnoli): finds every error of up to 32 bits in a row, and others but for one in 2^32. */
final class Crc32c {

    /* Eight bytes a step with eight tables ("slicing by 8", Kounavis and Berry, 2005). The tables are made on first use. */

    private static final int POLYNOMIAL = 0x82f63b78;
    private static final int SLICES = 8;
    private static final int[] TABLE = table();

    private Crc32c() {}

    static int of(byte[] bytes, int from, int length) {
        int[] t = TABLE;
        int crc = -1;
        int at = from;
        int end = from + length;
        for (; end - at >= SLICES; at += SLICES) {
            int low = crc
                    ^ (bytes[at] & 0xff
                            | (bytes[at + 1] & 0xff) << 8
                            | (bytes[at + 2] & 0xff) << 16
                            | bytes[at + 3] << 24);
            crc = t[0x700 | low & 0xff]
                    ^ t[0x600 | low >>> 8 & 0xff]
                    ^ t[0x500 | low >>> 16 & 0xff]
                    ^ t[0x400 | low >>> 24]
                    ^ t[0x300 | bytes[at + 4] & 0xff]
                    ^ t[0x200 | bytes[at + 5] & 0xff]
                    ^ t[0x100 | bytes[at + 6] & 0xff]
                    ^ t[bytes[at + 7] & 0xff];
        }
        for (; at < end; at++) {
            crc = crc >>> 8 ^ t[(crc ^ bytes[at]) & 0xff];
        }
        return ~crc;
    }

    private static int[] table() {
        int[] table = new int[SLICES * 0x100];
        for (int i = 0; i < 0x100; i++) {
            int crc = i;
            for (int bit = 0; bit < 8; bit++) {
                crc = crc >>> 1 ^ ((crc & 1) == 0 ? 0 : POLYNOMIAL);
            }
            table[i] = crc;
        }
        for (int i = 0x100; i < table.length; i++) {
            int before = table[i - 0x100];
            table[i] = before >>> 8 ^ table[before & 0xff];
        }
        return table;
    }
}
