package io.gaesup.state.core.encoded;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.ByteWriter;
import io.gaesup.state.core.codec.MessagePack;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class EncodedStateTest {

    private static final Value TABLE = Documents.table(2_000);

    @Nested
    class Reading {

        private final EncodedState state = EncodedState.of(EncodedState.encode(TABLE));

        @Test
        void findsFieldsOfRowsAndEntriesOfLargeMaps() {
            assertThat(state.read(Path.of("/rows/1234/price"))).isEqualTo(Value.of(308.5));
            assertThat(state.read(Path.of("/rows/1999/tags/0"))).isEqualTo(Value.of("a1"));
            assertThat(state.read(Path.of("/totals/t77"))).isEqualTo(Value.of(77 * 31));
            assertThat(state.read(Path.of("/title"))).isEqualTo(Value.of("orders"));
        }

        @Test
        void findsWholeContainers() {
            assertThat(state.read(Path.of("/rows/7"))).isEqualTo(Documents.row(7));
            assertThat(state.read(Path.of("/totals"))).isEqualTo(Documents.find(TABLE, Path.of("/totals")));
            assertThat(state.read(Path.ROOT)).isEqualTo(TABLE);
        }

        @Test
        void findsNothingWhereNothingIs() {
            for (String path : new String[] {
                "/rows/2000", "/rows/-", "/rows/x", "/rows/01", "/title/0", "/totals/u", "/rows/1/price/x", "/é"
            }) {
                assertThat(state.read(Path.of(path))).as(path).isNull();
            }
        }

        @Test
        void everyPathOfALargeDocument() {
            for (Path path : Documents.paths(TABLE)) {
                assertThat(state.read(path)).as("%s", path).isEqualTo(Documents.find(TABLE, path));
            }
        }

        @Test
        void goesOnlyThroughTheBlocksThatHoldTheField() {
            byte[] bytes = EncodedState.encode(
                    TABLE, Platform.PORTABLE, EncodedOptions.defaults().withBlockBytes(4096));
            int blocks = EncodedState.of(bytes).payloadSize() / 4096;
            CountingSource source = new CountingSource(bytes);
            EncodedState counted = EncodedState.of(source, Platform.PORTABLE, EncodedLimits.defaults());
            source.bytesRead = 0;
            counted.read(Path.of("/rows/1234/price"));
            assertThat(blocks).isGreaterThan(8);
            assertThat(source.bytesRead).isLessThan(bytes.length / 2);
        }
    }

    @Nested
    class Layout {

        @Test
        void ofASmallDocument() {
            byte[] bytes = EncodedState.encode(MapValue.of("a", Value.of(1)));
            assertThat(hex(bytes)).isEqualTo("4753450188040008" + "e9abca1d" + "69f5081b" + "81a16101");
        }

        @Test
        void compressesWherePossibleAndHasASmallIndex() {
            Value rows = Documents.find(TABLE, Path.of("/rows"));
            byte[] bytes = EncodedState.encode(rows);
            int plain = MessagePack.encode(rows).length;
            assertThat(EncodedState.of(bytes).payloadSize()).isEqualTo(plain);
            assertThat(bytes.length).isLessThan(plain / 2);
            assertThat(EncodedState.of(bytes).indexSize()).isLessThan(plain / 200);
        }

        @Test
        void aListHasAMarkForEachGrainAndLargeElementsOneAlone() {
            ListValue list = ListValue.of(Value.of(1), Value.of("x".repeat(40)), Value.of(2), Value.of(3));
            byte[] index = IndexBuilder.build(MessagePack.encode(list), 16);
            assertThat(hex(index))
                    .isEqualTo("00000001" + "000000000000000c" + "00" + "0000002e" + "00000004" + "00000003"
                            + "0000000000000001" + "0000000100000002" + "000000020000002c");
        }

        @Test
        void aMapHasItsFieldsByHash() {
            MapValue map = MapValue.of("a", Value.of("x".repeat(10)), "b", Value.of("y".repeat(20)));
            int a = Hashes.of(new byte[] {'a'}, 0, 1);
            int b = Hashes.of(new byte[] {'b'}, 0, 1);
            assertThat(Integer.compareUnsigned(a, b)).isNegative();
            byte[] index = IndexBuilder.build(MessagePack.encode(map), 16);
            assertThat(hex(index))
                    .isEqualTo("00000001" + "000000000000000c" + "01" + "00000025" + "00000002" + "11"
                            + Integer.toHexString(a) + "010d" + Integer.toHexString(b) + "0e17");
        }
    }

    @Nested
    class Collisions {

        @Test
        void twoNamesOfOneHashAreToldApart() {
            Map<Integer, String> names = new HashMap<>();
            String other = null;
            int number = 0;
            while (other == null) {
                String name = "name " + number++;
                other = names.put(hash(name), name);
            }
            String one = "name " + (number - 1);
            MapValue.Builder map = MapValue.builder().put(other, Value.of(1));
            for (int i = 0; i < 2_000; i++) {
                map.put("filler " + i, Value.of(i));
            }
            EncodedState state = EncodedState.of(
                    EncodedState.encode(map.put(one, Value.of(2)).build()));
            assertThat(hash(one)).isEqualTo(hash(other));
            assertThat(state.read(Path.ROOT.child(other))).isEqualTo(Value.of(1));
            assertThat(state.read(Path.ROOT.child(one))).isEqualTo(Value.of(2));
        }

        @Test
        void aMapWhoseNamesAllHaveOneHashIsWalkedThrough() {
            MapValue.Builder map = MapValue.builder();
            ByteWriter index = new ByteWriter();
            for (int i = 10; i < 50; i++) {
                map.put("k" + i, Value.of(i));
            }
            byte[] payload = MessagePack.encode(map.build());
            index.writeInt(1);
            index.writeInt(0);
            index.writeInt(12);
            index.writeByte(Index.MAP);
            index.writeInt(payload.length);
            index.writeInt(40);
            index.writeByte(0x11);
            for (int i = 0; i < 40; i++) {
                index.writeInt(hash("k49"));
                index.writeByte(3 + 5 * i);
                index.writeByte(5);
            }
            EncodedState state = EncodedState.of(
                    StateWriter.write(payload, index.toBytes(), Platform.PORTABLE, new EncodedOptions(64, 16)));
            assertThat(state.read(Path.of("/k49"))).isEqualTo(Value.of(49));
        }

        private static int hash(String name) {
            return Hashes.of(name.getBytes(StandardCharsets.UTF_8), 0, name.length());
        }
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    private static final class CountingSource implements ByteSource {

        private final byte[] bytes;
        private int bytesRead;

        CountingSource(byte[] bytes) {
            this.bytes = bytes;
        }

        @Override
        public int size() {
            return bytes.length;
        }

        @Override
        public void read(int from, byte[] target, int at, int length) {
            bytesRead += length;
            System.arraycopy(bytes, from, target, at, length);
        }
    }
}
