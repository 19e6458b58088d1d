package io.gaesup.state.core.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Extension;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.Values;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/** Laws of the form, and comparison with the library of the format's authors. */
final class MessagePackPropertyTest {

    @Provide
    Arbitrary<Value> values() {
        return Values.values();
    }

    /** Those an {@link Instant} can hold. */
    @Provide
    Arbitrary<Extension> timestamps() {
        return Values.timestamps()
                .filter(each -> each.seconds() >= Instant.MIN.getEpochSecond()
                        && each.seconds() <= Instant.MAX.getEpochSecond());
    }

    @Property
    void decodingGivesBackWhatWasEncoded(@ForAll("values") Value value) {
        byte[] bytes = MessagePack.encode(value);
        Value decoded = MessagePack.decode(bytes);
        assertThat(decoded).isEqualTo(value);
        assertThat(MessagePack.encode(decoded)).isEqualTo(bytes);
    }

    @Property
    void theLibraryReadsWhatIsEncoded(@ForAll("values") Value value) throws IOException {
        try (MessageUnpacker unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(MessagePack.encode(value))) {
            assertThat(read(unpacker)).isEqualTo(value);
            assertThat(unpacker.hasNext()).isFalse();
        }
    }

    @Property
    void whatTheLibraryWritesIsDecoded(@ForAll("values") Value value) throws IOException {
        try (var packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            write(packer, value);
            assertThat(MessagePack.decode(packer.toByteArray())).isEqualTo(value);
        }
    }

    @Property
    void timestampsHaveTheBytesOfTheLibrary(@ForAll("timestamps") Extension timestamp) throws IOException {
        byte[] bytes = MessagePack.encode(timestamp);
        try (var packer = org.msgpack.core.MessagePack.newDefaultBufferPacker()) {
            packer.packTimestamp(Instant.ofEpochSecond(timestamp.seconds(), timestamp.nanos()));
            assertThat(bytes).isEqualTo(packer.toByteArray());
        }
        try (MessageUnpacker unpacker = org.msgpack.core.MessagePack.newDefaultUnpacker(bytes)) {
            Instant instant = unpacker.unpackTimestamp();
            assertThat(instant.getEpochSecond()).isEqualTo(timestamp.seconds());
            assertThat(instant.getNano()).isEqualTo(timestamp.nanos());
        }
    }

    private static Value read(MessageUnpacker in) throws IOException {
        return switch (in.getNextFormat().getValueType()) {
            case NIL -> {
                in.unpackNil();
                yield Value.NULL;
            }
            case BOOLEAN -> Value.of(in.unpackBoolean());
            case INTEGER -> Value.of(in.unpackLong());
            case FLOAT -> Value.of(in.unpackDouble());
            case STRING -> Value.of(in.unpackString());
            case BINARY -> Value.of(in.readPayload(in.unpackBinaryHeader()));
            case ARRAY -> {
                ListValue.Builder list = ListValue.builder();
                for (int i = in.unpackArrayHeader(); i > 0; i--) {
                    list.add(read(in));
                }
                yield list.build();
            }
            case MAP -> {
                MapValue.Builder map = MapValue.builder();
                for (int i = in.unpackMapHeader(); i > 0; i--) {
                    map.put(in.unpackString(), read(in));
                }
                yield map.build();
            }
            case EXTENSION -> {
                var header = in.unpackExtensionTypeHeader();
                yield Extension.of(header.getType(), in.readPayload(header.getLength()));
            }
        };
    }

    private static void write(MessagePacker out, Value value) throws IOException {
        switch (value) {
            case Value.Null _ -> out.packNil();
            case Value.Bool bool -> out.packBoolean(bool.value());
            case Value.Int number -> out.packLong(number.value());
            case Value.Float number -> out.packDouble(number.value());
            case Value.Text text -> out.packString(text.value());
            case Value.Binary binary -> out.packBinaryHeader(binary.length()).writePayload(binary.toBytes());
            case Extension extension ->
                out.packExtensionTypeHeader((byte) extension.type(), extension.length())
                        .writePayload(extension.toBytes());
            case ListValue list -> {
                out.packArrayHeader(list.size());
                for (Value element : list) {
                    write(out, element);
                }
            }
            case MapValue map -> {
                out.packMapHeader(map.size());
                map.forEach((key, entry) -> writeEntry(out, key, entry));
            }
        }
    }

    private static void writeEntry(MessagePacker out, String key, Value value) {
        try {
            out.packString(key);
            write(out, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
