/**
 * Whole documents as bytes at rest: MessagePack in compressed blocks, with an index by which one field is read without
 * the others.
 *
 * <pre>
 * state   = head block*                       the blocks of the payload, then those of the index
 * head    = 47 53 45                          "GSE"
 *           01                                version
 *           byte                              scale: high half: log2 of the grain, less 4; low half: log2 of block size, less 6
 *           varint payload size
 *           varint index size                 0: no index
 *           (varint length &lt;&lt; 1 | kind)*       for each block; kind 1: LZ4, kind 0: as it is
 *           checksum                          of all of the head before it
 * block   = checksum, byte*                   checksum of the bytes that follow, length of them
 * payload = one MessagePack value             cut into blocks of block size, the last one shorter
 * checksum, int, offset, size, hash = 4 bytes, high byte first; the checksum is CRC-32C
 *
 * index   = int nodes, (offset of container, offset of node)*, node*      containers ascending
 * node    = 00 size, int elements, int groups, (int element, offset)*     a list, elements ascending
 *         | 01 size, int fields, byte widths, field*                      a map
 * field   = hash, offset, size                                            hashes ascending, then offsets
 * </pre>
 *
 * <p>The index has a node for each container of at least {@code grain} bytes. Offsets are those in the payload, nodes' own in
 * the index; those of fields count from the container on, in as many bytes as the half bytes of {@code widths} say: high half
 * for offsets, low half for sizes. A field's offset is where its name stands, its size counts name and value, and its hash is
 * that of the name's UTF-8 ({@link Hashes#of}). A list's groups are at least a grain long, but an element that is so alone
 * is a group of its own; a group goes up to where the next one begins.
 *
 * <p>The payload decides, the index leads: fields of one hash are told apart by their names, which stand in the payload. An
 * index that fits its payload is one that a scan of the payload builds again, to the byte: {@link EncodedState#verify()}.
 *
 * <p>A delta at rest ({@link EncodedDelta}) is smaller than the same as JSON Patch, since keys and what paths have in common
 * are written once:
 *
 * <pre>
 * delta     = 47 53 44                        "GSD"
 *             01                              version
 *             varint from, varint (to - from) revisions, both 0 to 2^63 - 1, to not before from
 *             varint count                    operations
 *             varint size                     of the body
 *             varint length &lt;&lt; 1 | kind       of the block, as above
 *             checksum                        of all before it
 *             block                           the body: operation*
 * operation = byte kind &lt;&lt; 5 | segments, [varint segments if 31]
 *             varint shared                   segments in common with the path before, from the first on
 *             segment*                        those that are left
 *             rest                            as in {@link io.gaesup.state.core.wire}; a move's second path is written as the first
 * segment   = varint zigzag &lt;&lt; 1             a position in a list, less the one the path before has there, if it has one
 *           | varint 1, string                a key for the first time; it gets the next number
 *           | varint (number + 1) &lt;&lt; 1 | 1    a key by its number
 * </pre>
 */
@NullMarked
package io.gaesup.state.core.encoded;

import org.jspecify.annotations.NullMarked;
