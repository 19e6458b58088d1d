package io.gaesup.state.core.codec;

import io.gaesup.state.core.Limits;

/**
 * What a decoder takes at most, of MessagePack and of JSON. The defaults are what a store can hold; lower them where
 * strangers' documents are known to be small.
 *
 * @param depthMax how deep containers nest: 0 (scalars only) to {@link Limits#DEPTH_MAX}, the default
 * @param keyBytesMax how long one map key is in UTF-8: 0 to {@link Limits#KEY_BYTES_MAX}, the default
 * @param documentBytesMax how long one document is: 1 to {@link Limits#DOCUMENT_BYTES_MAX}, the default
 */
public record CodecLimits(int depthMax, int keyBytesMax, int documentBytesMax) {

    private static final CodecLimits DEFAULTS =
            new CodecLimits(Limits.DEPTH_MAX, Limits.KEY_BYTES_MAX, Limits.DOCUMENT_BYTES_MAX);

    public CodecLimits {
        check("depthMax", depthMax, 0, Limits.DEPTH_MAX);
        check("keyBytesMax", keyBytesMax, 0, Limits.KEY_BYTES_MAX);
        check("documentBytesMax", documentBytesMax, 1, Limits.DOCUMENT_BYTES_MAX);
    }

    public static CodecLimits defaults() {
        return DEFAULTS;
    }

    public CodecLimits withDepthMax(int depth) {
        return new CodecLimits(depth, keyBytesMax, documentBytesMax);
    }

    public CodecLimits withKeyBytesMax(int bytes) {
        return new CodecLimits(depthMax, bytes, documentBytesMax);
    }

    public CodecLimits withDocumentBytesMax(int bytes) {
        return new CodecLimits(depthMax, keyBytesMax, bytes);
    }

    private static void check(String name, int value, int min, int max) {
        if (value < min || value > max) {
            throw new IllegalArgumentException(name + " is " + min + " to " + max + ", not " + value);
        }
    }
}
