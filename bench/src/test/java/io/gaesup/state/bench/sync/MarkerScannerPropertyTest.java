package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

final class MarkerScannerPropertyTest {

    private static final Pattern MARKER = Pattern.compile("@@(\\d{8})@@");

    /** Bytes between markers, rich in what a marker is made of. */
    private static void addNoise(Random random, ByteArrayOutputStream target) {
        int length = random.nextInt(20);
        for (int i = 0; i < length; i++) {
            target.write(
                    switch (random.nextInt(4)) {
                        case 0 -> '@';
                        case 1 -> '0' + random.nextInt(10);
                        default -> random.nextInt(256);
                    });
        }
    }

    private static List<Integer> scanInPieces(byte[] stream, Random random, int pieceMax) {
        var found = new ArrayList<Integer>();
        var scanner = new MarkerScanner();
        var buffer = new byte[MarkerScanner.ROOM + pieceMax];
        for (int at = 0; at < stream.length; ) {
            int length = Math.min(1 + random.nextInt(pieceMax), stream.length - at);
            System.arraycopy(stream, at, buffer, MarkerScanner.ROOM, length);
            scanner.scan(buffer, MarkerScanner.ROOM, MarkerScanner.ROOM + length, found::add);
            at += length;
        }
        return found;
    }

    private static List<Integer> findByPattern(byte[] stream) {
        var text = new String(stream, ISO_8859_1);
        return MARKER.matcher(text)
                .results()
                .map(result -> Integer.parseInt(result.group(1)))
                .toList();
    }

    @Property
    void findsWhatAPatternFindsHoweverTheBytesAreCut(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 64) int pieceMax) {
        var random = new Random(seed);
        var stream = new ByteArrayOutputStream();
        for (int i = 0; i < 20; i++) {
            addNoise(random, stream);
            stream.writeBytes(MarkerScanner.bytesOf(random.nextInt(MarkerScanner.NUMBERS)));
        }
        addNoise(random, stream);

        var bytes = stream.toByteArray();

        assertThat(scanInPieces(bytes, random, pieceMax)).isEqualTo(findByPattern(bytes));
    }

    @Property
    void readsTheNumberThatWasWritten(@ForAll @IntRange(min = 0, max = 99_999_999) int number) {
        assertThat(scanInPieces(MarkerScanner.bytesOf(number), new Random(number), 12))
                .containsExactly(number);
    }

    @Example
    void refusesANumberWithMoreThanEightDigits() {
        assertThatThrownBy(() -> MarkerScanner.bytesOf(100_000_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("100000000");
    }
}
