package io.gaesup.state.cli.demo;

import io.gaesup.state.core.Batch;
import io.gaesup.state.core.Committed;
import io.gaesup.state.core.ErrorCode;
import io.gaesup.state.core.Replica;
import io.gaesup.state.core.StateException;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Plays recorded events into the stores of a server, as any client would: over a WebSocket, from where the stores say
 * they are, over and over. A server that is away is waited for.
 */
public final class Replayer {
    private static final Duration TICK = Duration.ofMillis(50);
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final Duration RETRY_FIRST = Duration.ofMillis(100);
    private static final Duration RETRY_MAX = Duration.ofSeconds(1);
    private static final Duration REPORT_EVERY = Duration.ofSeconds(10);

    /** How many batches may wait for the server before time stands still. */
    private static final int PENDING_MAX = 40;

    /** Answers that would be the same the next time. */
    private static final Set<ErrorCode> FINAL = EnumSet.of(
            ErrorCode.UNSUPPORTED_VERSION,
            ErrorCode.FORBIDDEN,
            ErrorCode.MALFORMED,
            ErrorCode.BAD_REQUEST,
            ErrorCode.WRONG_TYPE);

    private record Player(Feed feed, Replica replica, Playhead playhead) {}

    private final URI address;
    private final LongSupplier nanoTime;
    private final PrintStream out;
    private final Conversation conversation = new Conversation("replay-" + UUID.randomUUID());
    private final List<Player> players = new ArrayList<>();
    private final Latencies latencies = new Latencies();
    private long operations;
    private long refused;
    private @Nullable StateException refusal;

    /**
     * A replayer that has not connected yet.
     *
     * @param address where the server's WebSocket is, such as {@code ws://127.0.0.1:4100/gaesup/sync}
     * @param speed by how much faster than four minutes a round
     * @param out told now and then how it goes
     * @throws IOException if the recorded data is not there
     */
    public Replayer(URI address, double speed, LongSupplier nanoTime, PrintStream out) throws IOException {
        this.address = address;
        this.nanoTime = nanoTime;
        this.out = out;
        for (Feed feed : List.of(new Quakes(), new Flights())) {
            Replica replica = conversation.add(feed.store(), feed.initial());
            players.add(new Player(feed, replica, new Playhead(feed, replica, speed, nanoTime)));
        }
    }

    /**
     * Replays until the thread is interrupted.
     *
     * @throws StateException if the server and this replayer do not fit together
     * @throws IllegalArgumentException if the address is of something else
     */
    public void run() throws InterruptedException {
        Duration retry = RETRY_FIRST;
        boolean said = false;
        try (HttpClient http = HttpClient.newHttpClient()) {
            try {
                while (true) {
                    try (Link link = Link.open(http, address, CONNECT_MAX)) {
                        out.println("replay: connected to " + address);
                        said = false;
                        retry = RETRY_FIRST;
                        converse(link);
                    } catch (IOException e) {
                        conversation.end();
                        if (!said) {
                            out.println("replay: " + e.getMessage() + "; trying again");
                            said = true;
                        }
                    }
                    Thread.sleep(retry);
                    retry = retry.multipliedBy(2).compareTo(RETRY_MAX) < 0 ? retry.multipliedBy(2) : RETRY_MAX;
                }
            } finally {
                http.shutdownNow();
            }
        }
    }

    private void converse(Link link) throws IOException, InterruptedException {
        try {
            conversation.begin(link);
            awaitStores(link);
            play(link);
        } catch (StateException e) {
            if (FINAL.contains(e.code())) {
                throw e;
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    private void awaitStores(Link link) throws IOException, InterruptedException {
        long end = nanoTime.getAsLong() + ANSWER_MAX.toNanos();
        while (!conversation.isReady()) {
            byte[] message = link.receive(Math.max(0, end - nanoTime.getAsLong()));
            if (message == null) {
                throw new IOException(address + " did not answer within " + ANSWER_MAX.toSeconds() + " s");
            }
            conversation.receive(link, message);
        }
    }

    private void play(Link link) throws IOException, InterruptedException {
        players.forEach(player -> player.playhead.restart());
        long tick = nanoTime.getAsLong();
        long report = tick + REPORT_EVERY.toNanos();
        while (true) {
            long wait = tick - nanoTime.getAsLong();
            byte[] message = wait > 0 ? link.receive(wait) : null;
            if (message != null) {
                conversation.receive(link, message);
            } else {
                players.forEach(this::playDue);
                tick = nanoTime.getAsLong() + TICK.toNanos();
            }
            conversation.send(link);
            if (nanoTime.getAsLong() - report >= 0) {
                report();
                report = nanoTime.getAsLong() + REPORT_EVERY.toNanos();
            }
        }
    }

    private void playDue(Player player) {
        if (player.replica.pendingCount() >= PENDING_MAX) {
            player.playhead.restart();
            return;
        }
        Batch batch = player.playhead.due();
        if (batch == null) {
            return;
        }
        long madeNanos = nanoTime.getAsLong();
        player.replica.apply(batch).committed().whenDone(new Committed.Callback() {
            @Override
            public void confirmed(long revision) {
                operations += batch.operations().size();
                latencies.add(nanoTime.getAsLong() - madeNanos);
            }

            @Override
            public void failed(StateException reason) {
                refused++;
                refusal = reason;
                player.playhead.restart();
            }
        });
    }

    private void report() {
        StringBuilder line = new StringBuilder("replay:");
        for (Player player : players) {
            line.append(String.format(
                    Locale.ROOT,
                    " %s %d of %d, round %d;",
                    player.feed.store(),
                    player.playhead.next(),
                    player.feed.size(),
                    player.playhead.lap()));
        }
        line.append(String.format(
                Locale.ROOT,
                " %.0f operations/s, p50 %.1f ms until on disk",
                (double) operations / REPORT_EVERY.toSeconds(),
                latencies.medianNanos() / 1e6));
        if (refused > 0) {
            line.append("; ").append(refused).append(" batches refused, last: ").append(refusal);
        }
        out.println(line);
        operations = 0;
        refused = 0;
        latencies.clear();
    }
}
