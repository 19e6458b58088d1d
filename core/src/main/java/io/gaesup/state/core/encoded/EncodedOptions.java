package io.gaesup.state.core.encoded;

/**
 * How a state is laid out; every reader reads every layout.
 *
 * @param blockBytes into what the payload is cut before it is compressed, a power of two from 64 to 2 MiB; default 16 KiB.
 *     Larger blocks compress better, smaller ones are read sooner
 * @param grainBytes from how many bytes on a container is indexed, and how far apart the marks in a list are: a power of
 *     two from 16 to 512 KiB; default 4 KiB. About so much is walked through at each level of a path
 */
public record EncodedOptions(int blockBytes, int grainBytes) {

    static final int BLOCK_LOG_MIN = 6;
    static final int GRAIN_LOG_MIN = 4;
    private static final int LOGS = 16;
    private static final EncodedOptions DEFAULTS = new EncodedOptions(16 * 1024, 4 * 1024);

    public EncodedOptions {
        check("blockBytes", blockBytes, BLOCK_LOG_MIN);
        check("grainBytes", grainBytes, GRAIN_LOG_MIN);
    }

    public static EncodedOptions defaults() {
        return DEFAULTS;
    }

    public EncodedOptions withBlockBytes(int bytes) {
        return new EncodedOptions(bytes, grainBytes);
    }

    public EncodedOptions withGrainBytes(int bytes) {
        return new EncodedOptions(blockBytes, bytes);
    }

    /** Both in one byte. */
    int scale() {
        return (log(grainBytes) - GRAIN_LOG_MIN) << 4 | log(blockBytes) - BLOCK_LOG_MIN;
    }

    static EncodedOptions ofScale(int scale) {
        return new EncodedOptions(1 << (scale & 0x0f) + BLOCK_LOG_MIN, 1 << (scale >> 4) + GRAIN_LOG_MIN);
    }

    private static int log(int powerOfTwo) {
        return Integer.numberOfTrailingZeros(powerOfTwo);
    }

    private static void check(String name, int value, int logMin) {
        if (Integer.bitCount(value) != 1 || log(value) < logMin || log(value) >= logMin + LOGS) {
            throw new IllegalArgumentException(name + " is a power of two from " + (1 << logMin) + " to "
                    + (1 << logMin + LOGS - 1) + ", not " + value);
        }
    }
}
