/**
 * Bytes and text of values.
 *
 * <pre>
 * varint = (0x80..0xff)* (0x00..0x7f)      unsigned LEB128 of 64 bits in its shortest form, low bits first
 * string = varint(length) utf8*            the length counts bytes; valid UTF-8 without surrogates
 * bytes  = varint(length) byte*
 * value  = one object of MessagePack:
 *          nil bool int float32 float64 str bin ext array, map with string keys that are all different;
 *          written in the smallest family that holds it, read in any; a timestamp (ext of type -1) in its shortest form
 * block  = sequence*                       LZ4; the last sequence ends after its literals
 * sequence = token length* literal* distance length*
 * </pre>
 *
 * <p>JSON (RFC 8259) is another form of the same values, without loss in either direction:
 *
 * <ul>
 *   <li>A number without fraction and exponent is an int, and refused beyond 64 bits; {@code -0}, and any number with
 *       a fraction or an exponent, is a float. Floats are written as {@link Double#toString(double)} does, so that
 *       {@code 1.0} stays one. A number beyond the floats is refused, one too small for them is 0.0.
 *   <li>Bytes are an object of one entry, {@code {"$binary": "aGk="}}, with canonical base64. A map that looks like
 *       that gets one more dollar sign before its key, and loses it again when it is read. Anything else under such a
 *       key means what it says. The same holds of the next two.
 *   <li>A timestamp is {@code {"$timestamp": "2026-11-23T20:43:25.5Z"}}, in UTC, with up to nine decimals; it is written
 *       with none, three, six or nine.
 *   <li>Any other extension is {@code {"$ext": "5:aGk="}}, its type before the base64, and so is a timestamp outside of
 *       the years 0000 to 9999.
 *   <li>Refused: a key twice in one object, a lone surrogate, a byte order mark.
 * </ul>
 *
 * <p>What is read is not trusted: each length is compared with the bytes that are left before anything is allocated
 * for it, and whatever is wrong ends in a {@link io.gaesup.state.core.StateException} that says at
 * which offset, or in JSON at which line and column.
 */
@NullMarked
package io.gaesup.state.core.codec;

import org.jspecify.annotations.NullMarked;
