package io.gaesup.state.cli.demo;

import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Value;
import io.gaesup.state.core.codec.Json;
import java.io.IOException;
import java.io.InputStream;

/** The files that the build puts beside the page, and the typed look into them. */
final class DemoData {
    private static final String FOLDER = "/gaesup-demo/";

    private DemoData() {}

    static Value read(String file) throws IOException {
        try (InputStream in = DemoData.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IOException("the build has no " + FOLDER + file + "; build the browser module again");
            }
            return Json.parse(in.readAllBytes());
        }
    }

    static MapValue map(Value in, String key) {
        return (MapValue) child(in, key);
    }

    static ListValue list(Value in, String key) {
        return (ListValue) child(in, key);
    }

    static String text(Value in, String key) {
        return ((Value.Text) child(in, key)).value();
    }

    static double number(Value in, String key) {
        return ((Value.Number) child(in, key)).doubleValue();
    }

    static long integer(Value in, String key) {
        return ((Value.Int) child(in, key)).value();
    }

    private static Value child(Value in, String key) {
        Value found = ((MapValue) in).get(key);
        if (found == null) {
            throw new IllegalStateException("the data has no \"" + key + "\" where one is expected");
        }
        return found;
    }
}
