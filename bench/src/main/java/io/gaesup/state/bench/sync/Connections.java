package io.gaesup.state.bench.sync;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The sockets of one phase and the hot loop that reads them.
 *
 * <p>Knows how much of the time nothing was there to do: a generator without spare time measures itself.
 * Threads: one.
 */
final class Connections implements Closeable {

    private static final int READ_BYTES_MAX = 256 << 10;

    private final Selector selector;
    private final List<Connection> members = new ArrayList<>();
    private final ByteBuffer received = ByteBuffer.allocateDirect(READ_BYTES_MAX);
    private final byte[] bytes = new byte[MarkerScanner.ROOM + READ_BYTES_MAX];
    private final Consumer<SelectionKey> onReady = this::ready;
    private final MarkerScanner.Sink onMarker = this::marker;

    private Listener listener = (connection, marker, nowNanos) -> {};
    private Connection current;
    private long waitingSinceNanos;
    private boolean isWaiting;
    private long idleNanos;
    private long nowNanos;
    private long reads;

    /** Told of each marker, in the order of arrival. */
    interface Listener {
        void arrived(Connection connection, int marker, long nowNanos);
    }

    @SuppressWarnings("NullAway.Init") // current is set before a marker can be found
    Connections() throws IOException {
        selector = Selector.open();
    }

    void add(Connection connection) throws IOException {
        connection.join(selector);
        members.add(connection);
    }

    List<Connection> members() {
        return members;
    }

    void listener(Listener next) {
        listener = next;
    }

    /** Reads what is there; waits for it at most so long. Zero and less: does not wait. */
    void poll(long timeoutMillis) throws IOException {
        waitingSinceNanos = System.nanoTime();
        isWaiting = true;
        try {
            if (timeoutMillis <= 0) {
                selector.selectNow(onReady);
            } else {
                selector.select(onReady, timeoutMillis);
            }
        } catch (UncheckedIOException failed) {
            throw failed.getCause();
        }
        if (isWaiting) {
            stopWaiting();
        }
    }

    private void stopWaiting() {
        idleNanos += System.nanoTime() - waitingSinceNanos;
        isWaiting = false;
    }

    private void ready(SelectionKey key) {
        if (isWaiting) {
            stopWaiting();
        }
        current = (Connection) key.attachment();
        received.clear();
        int count = readInto(current);
        nowNanos = System.nanoTime();
        reads++;
        current.bytesIn += count;
        received.flip().get(bytes, MarkerScanner.ROOM, count);
        current.scanner.scan(bytes, MarkerScanner.ROOM, MarkerScanner.ROOM + count, onMarker);
    }

    private int readInto(Connection connection) {
        try {
            int count = connection.channel.read(received);
            if (count < 0) {
                throw new IOException("the server closed the connection of " + connection);
            }
            return count;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private void marker(int number) {
        listener.arrived(current, number, nowNanos);
    }

    /** Nanoseconds since the start in which the loop waited for the sockets. */
    long idleNanos() {
        return idleNanos;
    }

    long reads() {
        return reads;
    }

    /** Tells the server that everyone is still here, so that it has no reason to ask during a phase. */
    void sendToAll(byte[] frame) throws IOException {
        for (var connection : members) {
            connection.writeBlocking(ByteBuffer.wrap(frame));
        }
    }

    @Override
    public void close() throws IOException {
        for (var connection : members) {
            connection.close();
        }
        selector.close();
    }
}
