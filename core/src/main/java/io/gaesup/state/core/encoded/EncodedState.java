package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.MessagePack;
import org.jspecify.annotations.Nullable;

/**
 * A whole document as bytes, of which single values are read without the rest. The package tells how the bytes look.
 *
 * <p>Nothing in the bytes is trusted: what is wrong ends in a {@link StateException} that says where and why, in time and
 * memory bounded by the length of the bytes and by {@link EncodedLimits}. Threads: any, several at once. The bytes must not
 * change.
 */
public final class EncodedState {

    private final ByteSource source;
    private final Platform platform;
    private final Head head;
    private final Region payload;
    private final Region index;

    private EncodedState(ByteSource source, Platform platform, Head head) {
        this.source = source;
        this.platform = platform;
        this.head = head;
        this.payload = new Region(source, platform, head, "payload", 0, head.payloadBytes());
        this.index =
                new Region(source, platform, head, "index", head.blockCount(head.payloadBytes()), head.indexBytes());
    }

    /** The bytes of {@code document}, laid out as usual. */
    public static byte[] encode(Value document) {
        return encode(document, Platform.PORTABLE, EncodedOptions.defaults());
    }

    /**
     * The bytes of {@code document}: the same for equal documents with their keys in the same order, on every platform.
     *
     * @throws StateException as {@link MessagePack#encode(Value)} does
     */
    public static byte[] encode(Value document, Platform platform, EncodedOptions options) {
        return StateWriter.write(MessagePack.encode(document), platform, options);
    }

    /** What {@code bytes} hold; they are not copied. */
    public static EncodedState of(byte[] bytes) {
        return of(bytes, Platform.PORTABLE);
    }

    /** As {@link #of(byte[])}, with what {@code platform} does faster. */
    public static EncodedState of(byte[] bytes, Platform platform) {
        return of(ByteSource.of(bytes), platform, EncodedLimits.defaults());
    }

    /**
     * What {@code source} holds. Only the head is read and checked. Cost: O(blocks).
     *
     * @throws StateException with the offset: {@code UNSUPPORTED_VERSION} for a later version of the form, {@code
     *     LIMIT_EXCEEDED} for sizes beyond {@code limits}, {@code MALFORMED} for anything else that is wrong
     */
    public static EncodedState of(ByteSource source, Platform platform, EncodedLimits limits) {
        return new EncodedState(source, platform, Head.read(source, platform, limits));
    }

    /**
     * The value at {@code path}, or null: the same as in the decoded document.
     *
     * <p>Cost: the blocks on the way, of which there are one to three for each level of {@code path}, and the block or
     * blocks that hold the value; not the size of the document.
     *
     * @throws StateException with code {@code MALFORMED}, the offset and the reason for damaged bytes and for an index
     *     that cannot be right. One that is wrong on purpose may lead to another value of the payload: see {@link
     *     #verify}
     */
    public @Nullable Value read(Path path) {
        return new FieldReader(payload, index).read(path);
    }

    /**
     * The whole document. A large one is decoded by all workers of the platform; result and errors are the same.
     *
     * @throws StateException as {@link MessagePack#decode(byte[])} does, and with code {@code MALFORMED} for damaged
     *     blocks
     */
    public Value decode() {
        if (platform.workers() > 1 && payload.size() >= ParallelDecoder.BYTES_MIN && index.size() > 0) {
            try {
                return ParallelDecoder.decode(payload, index, platform);
            } catch (StateException e) {
                // One pass says what is wrong first, or that it is only the index.
            }
        }
        return MessagePack.decode(payload.all());
    }

    /** The document as MessagePack: what any tool for it reads. */
    public byte[] payload() {
        return payload.all();
    }

    /** How many bytes the document has as MessagePack. */
    public int payloadSize() {
        return payload.size();
    }

    /** How many bytes the index has before it is compressed. */
    public int indexSize() {
        return index.size();
    }

    public EncodedOptions options() {
        return head.options();
    }

    /**
     * Fails unless the index is the one its payload has, so that from now on reading cannot differ from decoding. For bytes
     * of strangers; own ones have it by construction. Cost: decoding the document and a walk through it.
     *
     * @throws StateException with code {@code MALFORMED} and the offset of the first difference, or as {@link #decode}
     */
    public void verify() {
        byte[] bytes = payload.all();
        MessagePack.decode(bytes);
        byte[] right = IndexBuilder.build(bytes, head.options().grainBytes());
        byte[] found = index.all();
        int same = platform.mismatch(right, 0, found, 0, Math.min(right.length, found.length));
        if (same < right.length || same < found.length) {
            throw new StateException(
                    ErrorCode.MALFORMED,
                    "at byte " + same + " of the index: it is not the one of its payload, which has " + right.length
                            + " bytes; this one has " + found.length);
        }
    }

    Platform platform() {
        return platform;
    }

    Region payloadRegion() {
        return payload;
    }

    Region indexRegion() {
        return index;
    }

    /** Whether both are the same bytes. Equal documents have equal bytes if they were laid out alike. */
    public boolean sameBytes(EncodedState other) {
        int size = source.size();
        if (size != other.source.size()) {
            return false;
        }
        byte[] mine = bytes(source);
        return platform.equal(mine, 0, bytes(other.source), 0, size);
    }

    private static byte[] bytes(ByteSource source) {
        if (source instanceof HeapSource heap) {
            return heap.bytes();
        }
        byte[] copy = new byte[source.size()];
        source.read(0, copy, 0, copy.length);
        return copy;
    }

    @Override
    public String toString() {
        return "encoded(" + source.size() + " bytes of " + payload.size() + ")";
    }
}
