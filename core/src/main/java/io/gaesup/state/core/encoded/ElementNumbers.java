package io.gaesup.state.core.encoded;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.Value;
import java.util.Arrays;

/** Numbers for the elements of two lists, the same for the same bytes. */
final class ElementNumbers {

    /* Elements that are equal place by place, from the start, from the end, or in lists of one length anywhere, are known
     * by that. The rest of both is sorted by checksum, length and bytes; equal ones then stand side by side, whatever
     * checksums somebody has made collide. */

    /** To move an element takes two steps, so that up to so many changed places are best taken as they are. */
    private static final int PLACES_TAKEN_AS_THEY_ARE = 2;

    private final Platform platform;
    private final byte[] oldBytes;
    private final int[] old;
    private final byte[] newBytes;
    private final int[] now;
    private final int[] oldNumbers;
    private final int[] newNumbers;
    private int[] changed = {};

    /** For elements that begin where {@code old} and {@code now} say; the last entry of each is the end. */
    ElementNumbers(Platform platform, byte[] oldBytes, int[] old, byte[] newBytes, int[] now) {
        this.platform = platform;
        this.oldBytes = oldBytes;
        this.old = old;
        this.newBytes = newBytes;
        this.now = now;
        this.oldNumbers = new int[old.length - 1];
        this.newNumbers = new int[now.length - 1];
        Arrays.fill(oldNumbers, -1);
        Arrays.fill(newNumbers, -1);
        if (old.length == now.length) {
            samePlaces();
        } else {
            sameEnds();
        }
        if (!inPlace()) {
            sortTheRest();
        }
    }

    /** Whether both lists have one length and so few places differ that they are best taken as they are. */
    boolean inPlace() {
        return old.length == now.length && changed.length <= PLACES_TAKEN_AS_THEY_ARE;
    }

    /** The places that differ, in lists of one length. */
    int[] changed() {
        return changed;
    }

    ListValue before() {
        return list(oldNumbers);
    }

    ListValue after() {
        return list(newNumbers);
    }

    private static ListValue list(int[] numbers) {
        ListValue.Builder list = ListValue.builder();
        for (int number : numbers) {
            list.add(Value.of(number));
        }
        return list.build();
    }

    private void samePlaces() {
        Ints differing = new Ints();
        for (int i = 0; i < oldNumbers.length; i++) {
            if (!pair(i, i, i)) {
                differing.add(i);
            }
        }
        changed = differing.toArray();
    }

    private void sameEnds() {
        int both = Math.min(oldNumbers.length, newNumbers.length);
        int start = 0;
        while (start < both && pair(start, start, start)) {
            start++;
        }
        int oldEnd = oldNumbers.length - 1;
        int newEnd = newNumbers.length - 1;
        while (oldEnd >= start && newEnd >= start && pair(oldEnd, newEnd, oldEnd)) {
            oldEnd--;
            newEnd--;
        }
    }

    /** Gives both {@code number} if they are equal. */
    private boolean pair(int oldAt, int newAt, int number) {
        int length = old[oldAt + 1] - old[oldAt];
        if (length != now[newAt + 1] - now[newAt]
                || !platform.equal(oldBytes, old[oldAt], newBytes, now[newAt], length)) {
            return false;
        }
        oldNumbers[oldAt] = number;
        newNumbers[newAt] = number;
        return true;
    }

    private record Element(byte[] bytes, int from, int length, int checksum, int[] numbers, int at) {}

    private void sortTheRest() {
        Element[] rest = new Element[count(oldNumbers) + count(newNumbers)];
        int size = collect(oldBytes, old, oldNumbers, rest, 0);
        collect(newBytes, now, newNumbers, rest, size);
        Arrays.sort(rest, this::order);
        int number = oldNumbers.length;
        for (int i = 0; i < rest.length; i++) {
            if (i > 0 && order(rest[i - 1], rest[i]) != 0) {
                number++;
            }
            rest[i].numbers[rest[i].at] = number;
        }
    }

    private static int count(int[] numbers) {
        int count = 0;
        for (int number : numbers) {
            count += number < 0 ? 1 : 0;
        }
        return count;
    }

    private int collect(byte[] bytes, int[] places, int[] numbers, Element[] rest, int start) {
        int size = start;
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] < 0) {
                int length = places[i + 1] - places[i];
                int checksum = platform.checksum(bytes, places[i], length);
                rest[size++] = new Element(bytes, places[i], length, checksum, numbers, i);
            }
        }
        return size;
    }

    private int order(Element a, Element b) {
        if (a.checksum != b.checksum) {
            return Integer.compare(a.checksum, b.checksum);
        }
        if (a.length != b.length) {
            return Integer.compare(a.length, b.length);
        }
        int at = platform.mismatch(a.bytes, a.from, b.bytes, b.from, a.length);
        return at == a.length ? 0 : Integer.compare(a.bytes[a.from + at], b.bytes[b.from + at]);
    }
}
