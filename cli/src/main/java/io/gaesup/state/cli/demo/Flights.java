package io.gaesup.state.cli.demo;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.MapValue;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Value;
import java.io.IOException;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Flights inside the United States (January to March 2001): counted by hour of departure and by delay. */
final class Flights implements Feed {
    /** From how many minutes on a flight is late: the usual definition of the trade. */
    static final int LATE_MINUTES = 15;

    private static final int BACKLOG = 1_500;
    private static final int BIN_MINUTES = 15;
    private static final int FIRST_BIN_MINUTES = -30;
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("yyyy/MM/dd HH:mm");

    private record Flight(LocalDateTime departure, int delayMinutes, String origin, String destination) {}

    private final MapValue initial;
    private final int bins;
    private final List<Flight> flights = new ArrayList<>();

    Flights() throws IOException {
        initial = DemoData.map(DemoData.read("stores.json"), store());
        bins = DemoData.list(initial, "delays").size();
        for (Value flight : (ListValue) DemoData.read("flights-5k.json")) {
            flights.add(new Flight(
                    LocalDateTime.parse(DemoData.text(flight, "date"), DATE),
                    (int) DemoData.integer(flight, "delay"),
                    DemoData.text(flight, "origin"),
                    DemoData.text(flight, "destination")));
        }
        flights.sort(Comparator.comparing(Flight::departure));
    }

    @Override
    public String store() {
        return "flights";
    }

    @Override
    public Value initial() {
        return initial;
    }

    @Override
    public int size() {
        return flights.size();
    }

    @Override
    public long timeMillis(int event) {
        return flights.get(event).departure.toInstant(ZoneOffset.UTC).toEpochMilli();
    }

    @Override
    public int backlog() {
        return BACKLOG;
    }

    @Override
    public void rewind(Batch.Builder to) {
        to.set("/hours", DemoData.list(initial, "hours")).set("/delays", DemoData.list(initial, "delays"));
    }

    @Override
    public void play(int from, int end, long lap, Store view, Batch.Builder to) {
        for (int event = from; event < end; event++) {
            Flight flight = flights.get(event);
            String hour = "/hours/" + flight.departure.getHour();
            to.increment(hour + "/flights", 1);
            if (flight.delayMinutes >= LATE_MINUTES) {
                to.increment(hour + "/late", 1);
                to.increment("/late", 1);
            }
            to.increment("/delays/" + bin(flight.delayMinutes), 1);
        }
        to.increment("/total", end - from).set("/last", last(flights.get(end - 1)));
    }

    /** The first bin holds all that is earlier, the last one all that is later. */
    private int bin(int delayMinutes) {
        return Math.clamp(1 + Math.floorDiv(delayMinutes - FIRST_BIN_MINUTES, BIN_MINUTES), 0, bins - 1);
    }

    private static Value last(Flight flight) {
        return MapValue.builder()
                .put("time", Value.of(flight.departure.toInstant(ZoneOffset.UTC).toEpochMilli()))
                .put("delay", Value.of(flight.delayMinutes))
                .put("origin", Value.of(flight.origin))
                .put("destination", Value.of(flight.destination))
                .build();
    }
}
