package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Limits;
import io.gaesup.state.core.StateException;
import io.gaesup.state.core.codec.ByteWriter;

/** Makes the index of a payload in one walk through it. */
final class IndexBuilder {

    /* How large a container is turns out at its end. So the places of all children of all containers that are open are kept
     * on one stack, and a container that ends with enough bytes makes a node of its part of it. */

    private final byte[] payload;
    private final int grain;
    private final Walker walker;
    private final Ints places = new Ints();
    private final Ints containers = new Ints();
    private final Ints nodeStarts = new Ints();
    private final Ints groups = new Ints();
    private final ByteWriter nodes = new ByteWriter("index", EncodedLimits.INDEX_BYTES_MAX);
    private int depth;

    private IndexBuilder(byte[] payload, int grain) {
        this.payload = payload;
        this.grain = grain;
        this.walker = new Walker(payload, 0, 0, payload.length);
    }

    /**
     * The index of {@code payload}; no bytes if no container is so large.
     *
     * @throws StateException with code {@code MALFORMED} if the payload is not one value
     */
    static byte[] build(byte[] payload, int grain) {
        IndexBuilder builder = new IndexBuilder(payload, grain);
        builder.value();
        if (!builder.walker.atEnd()) {
            throw new StateException(
                    ErrorCode.MALFORMED,
                    "at byte " + builder.walker.position() + " of the payload: "
                            + (payload.length - builder.walker.position()) + " more bytes after the end");
        }
        return builder.index();
    }

    private void value() {
        int start = walker.position();
        int count = walker.enter();
        if (count < 0) {
            walker.skip();
            return;
        }
        if (++depth > Limits.DEPTH_MAX) {
            throw new StateException(
                    ErrorCode.LIMIT_EXCEEDED,
                    "at byte " + start + " of the payload: a document nests at most " + Limits.DEPTH_MAX + " deep");
        }
        boolean isMap = walker.isMap();
        int mark = places.size();
        for (int i = 0; i < count; i++) {
            places.add(walker.position());
            if (isMap) {
                walker.key();
            }
            value();
        }
        depth--;
        int end = walker.position();
        if (end - start >= grain && count > 0) {
            int before = nodes.size();
            if (isMap) {
                map(start, end, mark, count);
            } else {
                list(start, end, mark, count);
            }
            if (fits()) {
                containers.add(start);
                nodeStarts.add(before);
            } else {
                nodes.truncate(before);
            }
        }
        places.truncate(mark);
    }

    /** Whether the index is not too long for its payload with what was written last; a container can do without. */
    private boolean fits() {
        long bytes = Index.DIRECTORY_AT + (long) Index.DIRECTORY_ENTRY_BYTES * (containers.size() + 1) + nodes.size();
        return bytes <= (long) Index.BYTES_PER_PAYLOAD_BYTE_MAX * payload.length;
    }

    private void list(int start, int end, int mark, int count) {
        nodes.writeByte(Index.LIST);
        nodes.writeInt(end - start);
        nodes.writeInt(count);
        groups.truncate(0);
        boolean afterLarge = true;
        int groupStart = start;
        for (int i = 0; i < count; i++) {
            int at = places.get(mark + i);
            boolean large = size(i, mark, count, end) >= grain;
            if (afterLarge || large || at - groupStart >= grain) {
                groups.add(i);
                groupStart = at;
            }
            afterLarge = large;
        }
        nodes.writeInt(groups.size());
        for (int i = 0; i < groups.size(); i++) {
            nodes.writeInt(groups.get(i));
            nodes.writeInt(places.get(mark + groups.get(i)));
        }
    }

    private void map(int start, int end, int mark, int count) {
        int[] hashes = new int[count];
        int sizeMax = 0;
        for (int i = 0; i < count; i++) {
            walker.moveTo(places.get(mark + i));
            walker.key();
            hashes[i] = walker.keyHash();
            sizeMax = Math.max(sizeMax, size(i, mark, count, end));
        }
        walker.moveTo(end);
        int offsetBytes = bytesFor(places.get(mark + count - 1) - start);
        int sizeBytes = bytesFor(sizeMax);
        nodes.writeByte(Index.MAP);
        nodes.writeInt(end - start);
        nodes.writeInt(count);
        nodes.writeByte(offsetBytes << 4 | sizeBytes);
        for (int i : Ints.ascending(hashes)) {
            nodes.writeInt(hashes[i]);
            number(places.get(mark + i) - start, offsetBytes);
            number(size(i, mark, count, end), sizeBytes);
        }
    }

    private int size(int i, int mark, int count, int end) {
        return (i + 1 < count ? places.get(mark + i + 1) : end) - places.get(mark + i);
    }

    private void number(int value, int bytes) {
        for (int shift = 8 * (bytes - 1); shift >= 0; shift -= 8) {
            nodes.writeByte(value >> shift);
        }
    }

    private static int bytesFor(int value) {
        return Math.max(1, (Integer.SIZE + 7 - Integer.numberOfLeadingZeros(value)) / 8);
    }

    private byte[] index() {
        int count = containers.size();
        if (count == 0) {
            return new byte[0];
        }
        int nodesAt = Index.DIRECTORY_AT + Index.DIRECTORY_ENTRY_BYTES * count;
        ByteWriter index = new ByteWriter("index", EncodedLimits.INDEX_BYTES_MAX);
        index.writeInt(count);
        for (int i : Ints.ascending(containers.toArray())) {
            index.writeInt(containers.get(i));
            index.writeInt(nodesAt + nodeStarts.get(i));
        }
        index.writeBytes(nodes.toBytes());
        return index.toBytes();
    }
}
