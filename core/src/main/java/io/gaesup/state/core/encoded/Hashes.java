package io.gaesup.state.core.encoded;

/** The hash of a field's name. */
final class Hashes {

    /* FNV-1a (Fowler, Noll, Vo) with the last mixing of MurmurHash3 (Appleby), so that all 32 bits depend on every byte.
     * Names that collide on purpose cost a reader no more than walking through the map would. */

    private static final int FNV_BASIS = 0x811c9dc5;
    private static final int FNV_PRIME = 0x01000193;

    private Hashes() {}

    static int of(byte[] bytes, int from, int length) {
        int hash = FNV_BASIS;
        for (int i = from; i < from + length; i++) {
            hash = (hash ^ bytes[i] & 0xff) * FNV_PRIME;
        }
        hash = (hash ^ hash >>> 16) * 0x85ebca6b;
        hash = (hash ^ hash >>> 13) * 0xc2b2ae35;
        return hash ^ hash >>> 16;
    }
}
