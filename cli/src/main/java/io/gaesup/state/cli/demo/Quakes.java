package io.gaesup.state.cli.demo;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Value;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A week of earthquakes (USGS, January and February 2018): each becomes a row at the end of a list of the newest. */
final class Quakes implements Feed {
    /** How many rows the store keeps; with a new one the oldest goes. */
    static final int ROWS_MAX = 1_500;

    private static final int BACKLOG = 1_100;
    private static final Path ROWS = Path.of("/quakes");

    private record Quake(
            long timeMillis, double magnitude, double longitude, double latitude, double depth, String place) {}

    private final Value initial;
    private final int magnitudes;
    private final List<Quake> quakes = new ArrayList<>();

    Quakes() throws IOException {
        initial = DemoData.map(DemoData.read("stores.json"), store());
        magnitudes = DemoData.list(initial, "magnitudes").size();
        for (Value feature : DemoData.list(DemoData.read("earthquakes.json"), "features")) {
            quakes.add(quake(feature));
        }
        quakes.sort(Comparator.comparingLong(Quake::timeMillis));
    }

    private static Quake quake(Value feature) {
        MapValue properties = DemoData.map(feature, "properties");
        ListValue at = DemoData.list(DemoData.map(feature, "geometry"), "coordinates");
        return new Quake(
                DemoData.integer(properties, "time"),
                DemoData.number(properties, "mag"),
                coordinate(at, 0),
                coordinate(at, 1),
                coordinate(at, 2),
                DemoData.text(properties, "place"));
    }

    private static double coordinate(ListValue at, int index) {
        return ((Value.Number) at.get(index)).doubleValue();
    }

    @Override
    public String store() {
        return "demo";
    }

    @Override
    public Value initial() {
        return initial;
    }

    @Override
    public int size() {
        return quakes.size();
    }

    @Override
    public long timeMillis(int event) {
        return quakes.get(event).timeMillis;
    }

    @Override
    public int backlog() {
        return BACKLOG;
    }

    /** Nothing: the rows of the last lap go one by one. */
    @Override
    public void rewind(Batch.Builder to) {}

    @Override
    public void play(int from, int end, long lap, Store view, Batch.Builder to) {
        int rows = view.get(ROWS) instanceof ListValue list ? list.size() : 0;
        for (int event = from; event < end; event++) {
            Quake quake = quakes.get(event);
            to.insert("/quakes/-", row(lap + "." + event, quake));
            to.increment("/magnitudes/" + bucket(quake.magnitude), 1);
            if (++rows > ROWS_MAX) {
                to.delete("/quakes/0");
                rows--;
            }
        }
        to.increment("/total", end - from);
    }

    /** Magnitudes go down to -1; all below 1 are the first bucket. */
    private int bucket(double magnitude) {
        return Math.clamp((int) magnitude, 0, magnitudes - 1);
    }

    private static Value row(String id, Quake quake) {
        return MapValue.builder()
                .put("id", Value.of(id))
                .put("time", Value.of(quake.timeMillis))
                .put("magnitude", Value.of(quake.magnitude))
                .put("longitude", Value.of(quake.longitude))
                .put("latitude", Value.of(quake.latitude))
                .put("depth", Value.of(quake.depth))
                .put("place", Value.of(quake.place))
                .build();
    }
}
