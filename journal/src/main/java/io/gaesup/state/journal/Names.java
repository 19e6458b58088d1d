package io.gaesup.state.journal;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text that every database stores and gives back unchanged: well-formed Unicode without U+0000. */
final class Names {
    private Names() {}

    static String check(String what, String name, int lengthMax) {
        if (name.isEmpty() || name.length() > lengthMax) {
            throw new IllegalArgumentException(
                    what + ": expected 1 to " + lengthMax + " characters, got " + name.length());
        }
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == 0) {
                throw new IllegalArgumentException(what + ": character U+0000 at index " + i);
            }
            if (Character.isSurrogate(c)) {
                if (!Character.isHighSurrogate(c)
                        || i + 1 == name.length()
                        || !Character.isLowSurrogate(name.charAt(i + 1))) {
                    throw new IllegalArgumentException(what + ": half a surrogate pair at index " + i);
                }
                i++;
            }
        }
        return name;
    }

    /** The text, cut, with '?' in place of what cannot be stored. */
    static String storable(String text, int lengthMax) {
        var cut = text.substring(0, Math.min(text.length(), lengthMax)).replace('\0', '?');
        return new String(cut.getBytes(UTF_8), UTF_8);
    }
}
