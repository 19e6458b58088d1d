/**
 * Bytes and text of values.
 *
 * <pre>
 * varint = (0x80..0xff)* (0x00..0x7f)      unsigned LEB128 of 64 bits in its shortest form, low bits first
 * string = varint(length) utf8*            the length counts bytes; valid UTF-8 without surrogates
 * bytes  = varint(length) byte*
 * value  = one object of MessagePack:
 *          nil bool int float32 float64 str bin array, map with string keys that are all different;
 *          written in the smallest family that holds it, read in any; no ext
 * </pre>
 *
 * <p>What is read is not trusted: each length is compared with the bytes that are left before anything is allocated
 * for it, and whatever is wrong ends in a {@link io.gaesup.state.core.StateException} that says at which offset.
 */
@NullMarked
package io.gaesup.state.core.codec;

import org.jspecify.annotations.NullMarked;
