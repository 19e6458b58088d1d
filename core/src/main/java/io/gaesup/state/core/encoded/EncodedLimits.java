package io.gaesup.state.core.encoded;

import io.gaesup.state.core.Limits;

/**
 * What is taken at most from bytes that say how long they are. All is checked before anything is allocated for it.
 *
 * @param payloadBytesMax how many bytes a document has once it is decompressed: 1 to {@link Limits#DOCUMENT_BYTES_MAX},
 *     which is the default. Lower it where strangers' documents are known to be small: it bounds what a bomb costs
 * @param indexBytesMax how many bytes its index has, 0 to 256 MiB; default: twice the largest document. An index built
 *     here is never longer than twice its payload
 * @param segmentsMax how many segments the paths of one delta have in all, once what they share is written out; default
 *     4,000,000, of about 16 bytes each
 */
public record EncodedLimits(int payloadBytesMax, int indexBytesMax, int segmentsMax) {

    static final int INDEX_BYTES_MAX = 4 * Limits.DOCUMENT_BYTES_MAX;
    static final int SEGMENTS_MAX = 4_000_000;

    private static final EncodedLimits DEFAULTS =
            new EncodedLimits(Limits.DOCUMENT_BYTES_MAX, 2 * Limits.DOCUMENT_BYTES_MAX, SEGMENTS_MAX);

    public EncodedLimits {
        check("payloadBytesMax", payloadBytesMax, 1, Limits.DOCUMENT_BYTES_MAX);
        check("indexBytesMax", indexBytesMax, 0, INDEX_BYTES_MAX);
        check("segmentsMax", segmentsMax, 1, Integer.MAX_VALUE);
    }

    public static EncodedLimits defaults() {
        return DEFAULTS;
    }

    public EncodedLimits withPayloadBytesMax(int bytes) {
        return new EncodedLimits(bytes, indexBytesMax, segmentsMax);
    }

    public EncodedLimits withIndexBytesMax(int bytes) {
        return new EncodedLimits(payloadBytesMax, bytes, segmentsMax);
    }

    public EncodedLimits withSegmentsMax(int segments) {
        return new EncodedLimits(payloadBytesMax, indexBytesMax, segments);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + min + " to " + max + ", not " + value);
        }
    }
}
