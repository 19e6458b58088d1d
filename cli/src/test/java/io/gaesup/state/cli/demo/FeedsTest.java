package io.gaesup.state.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.ListValue;
import io.gaesup.state.core.LocalStore;
import io.gaesup.state.core.Path;
import io.gaesup.state.core.Store;
import io.gaesup.state.core.Value;
import java.io.IOException;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The recorded data, played into a store in memory. */
class FeedsTest {

    private static Store storeOf(Feed feed) {
        return LocalStore.create(feed.store(), feed.initial());
    }

    private static void play(Feed feed, Store store, int from, int end, long lap) {
        Batch.Builder batch = Batch.builder();
        feed.play(from, end, lap, store, batch);
        store.apply(batch.build());
    }

    private static void assertInOrder(Feed feed) {
        for (int event = 1; event < feed.size(); event++) {
            assertThat(feed.timeMillis(event)).isGreaterThanOrEqualTo(feed.timeMillis(event - 1));
        }
    }

    private static long integer(Store store, String path) {
        return store.get(Path.of(path)) instanceof Value.Int number ? number.value() : -1;
    }

    private static ListValue list(Store store, String path) {
        return store.get(Path.of(path)) instanceof ListValue list ? list : ListValue.EMPTY;
    }

    private static long sum(ListValue counts) {
        long sum = 0;
        for (Value count : counts) {
            sum += ((Value.Int) count).value();
        }
        return sum;
    }

    @Nested
    class OfEarthquakes {
        private final Quakes quakes = new Quakes();
        private final Store store = storeOf(quakes);

        OfEarthquakes() throws IOException {}

        @Test
        void comeInTheOrderOfTheirTimeStamps() {
            assertThat(quakes.size()).isEqualTo(1707);
            assertInOrder(quakes);
        }

        @Test
        void becomeRowsThatThePageCanDraw() {
            play(quakes, store, 0, 2, 1);
            Value row = list(store, "/quakes").get(1);
            assertThat(DemoData.text(row, "id")).isEqualTo("1.1");
            assertThat(DemoData.integer(row, "time")).isEqualTo(quakes.timeMillis(1));
            assertThat(DemoData.number(row, "longitude")).isBetween(-180.0, 180.0);
            assertThat(DemoData.number(row, "latitude")).isBetween(-90.0, 90.0);
            assertThat(DemoData.number(row, "magnitude")).isBetween(-2.0, 10.0);
            assertThat(DemoData.text(row, "place")).isNotEmpty();
        }

        @Test
        void areCountedOnceEach() {
            play(quakes, store, 0, 700, 1);
            play(quakes, store, 700, 1000, 1);
            assertThat(integer(store, "/total")).isEqualTo(1000);
            assertThat(sum(list(store, "/magnitudes"))).isEqualTo(1000);
        }

        @Test
        void leaveNoMoreThanTheNewestRows() {
            play(quakes, store, 0, quakes.size(), 1);
            play(quakes, store, 0, 100, 2);
            ListValue rows = list(store, "/quakes");
            assertThat(rows.size()).isEqualTo(Quakes.ROWS_MAX);
            assertThat(DemoData.text(rows.get(rows.size() - 1), "id")).isEqualTo("2.99");
            Set<String> ids = new HashSet<>();
            rows.forEach(row -> ids.add(DemoData.text(row, "id")));
            assertThat(ids).as("every row has an id of its own").hasSize(rows.size());
        }
    }

    @Nested
    class OfFlights {
        private final Flights flights = new Flights();
        private final Store store = storeOf(flights);

        OfFlights() throws IOException {}

        private long flightsByHour() {
            long sum = 0;
            for (Value hour : list(store, "/hours")) {
                sum += DemoData.integer(hour, "flights");
            }
            return sum;
        }

        @Test
        void comeInTheOrderOfTheirTimeStamps() {
            assertThat(flights.size()).isEqualTo(5000);
            assertInOrder(flights);
        }

        @Test
        void areCountedByHourAndByDelay() {
            play(flights, store, 0, flights.size(), 1);
            assertThat(integer(store, "/total")).isEqualTo(5000);
            assertThat(flightsByHour()).isEqualTo(5000);
            assertThat(sum(list(store, "/delays"))).isEqualTo(5000);
            assertThat(integer(store, "/late")).isBetween(500L, 2500L);
        }

        @Test
        void areLateFromAQuarterOfAnHourOn() {
            play(flights, store, 0, flights.size(), 1);
            ListValue delays = list(store, "/delays");
            long late = 0;
            for (int bin = 4; bin < delays.size(); bin++) {
                late += ((Value.Int) delays.get(bin)).value();
            }
            assertThat(integer(store, "/late")).as("bins from 15 minutes on").isEqualTo(late);
        }

        @Test
        void beginAnewWithEachRoundButForTheirTotal() {
            play(flights, store, 0, 300, 1);
            Batch.Builder batch = Batch.builder();
            flights.rewind(batch);
            store.apply(batch.build());
            assertThat(flightsByHour()).isZero();
            assertThat(sum(list(store, "/delays"))).isZero();
            assertThat(integer(store, "/total")).isEqualTo(300);
        }
    }
}
