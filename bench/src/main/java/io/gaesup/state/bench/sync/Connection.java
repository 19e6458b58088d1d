package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.Closeable;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/**
 * One WebSocket of the generator.
 *
 * <p>It begins as a blocking socket that speaks in frames, for the greeting and the first state. {@link #join} turns
 * it into a member of the hot loop, where only markers are looked for.
 */
final class Connection implements Closeable {

    private static final int SETUP_TIMEOUT_MILLIS = 15_000;
    private static final int RESPONSE_BYTES_MAX = 16 << 10;

    final SocketChannel channel;
    final MarkerScanner scanner = new MarkerScanner();
    /** Which document of a phase, and which of its clients; what the phase likes to know when a marker arrives. */
    final int document;

    final int client;
    /** The newest marker that arrived; markers of one document grow. */
    int lastSeen;

    long bytesIn;
    long bytesOut;

    private final DataInputStream in;

    private Connection(SocketChannel channel, int document, int client) throws IOException {
        this.channel = channel;
        this.document = document;
        this.client = client;
        channel.socket().setSoTimeout(SETUP_TIMEOUT_MILLIS);
        // Not buffered: nothing of what follows the setup may be swallowed here.
        in = new DataInputStream(channel.socket().getInputStream());
    }

    static Connection open(URI server, Wire wire, int document, int client) throws IOException {
        var channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.connect(new InetSocketAddress(server.getHost(), server.getPort()));
            var connection = new Connection(channel, document, client);
            connection.upgrade(server, wire);
            wire.greet(connection);
            return connection;
        } catch (IOException | RuntimeException failed) {
            channel.close();
            throw failed;
        }
    }

    private void upgrade(URI server, Wire wire) throws IOException {
        var request = "GET " + wire.requestTarget() + " HTTP/1.1\r\n"
                + "Host: " + server.getHost() + ":" + server.getPort() + "\r\n"
                + "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                + "Sec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Version: 13\r\n"
                + wire.requestHeaders() + "\r\n";
        writeBlocking(ByteBuffer.wrap(request.getBytes(ISO_8859_1)));
        var response = new StringBuilder();
        while (response.indexOf("\r\n\r\n") < 0) {
            if (response.length() > RESPONSE_BYTES_MAX) {
                throw new IOException("endless answer to the upgrade: " + response.substring(0, 200));
            }
            response.append((char) in.readUnsignedByte());
        }
        if (!response.toString().startsWith("HTTP/1.1 101 ")) {
            throw new IOException("expected 101 for " + wire.requestTarget() + ", found: "
                    + response.toString().strip());
        }
    }

    void sendText(String message) throws IOException {
        writeBlocking(ByteBuffer.wrap(Frames.of(Frames.TEXT, message.getBytes(UTF_8))));
    }

    void sendBinary(byte[] message) throws IOException {
        writeBlocking(ByteBuffer.wrap(Frames.of(Frames.BINARY, message)));
    }

    /** The next text or binary message; answers pings on the way. */
    byte[] receive() throws IOException {
        while (true) {
            var frame = Frames.read(in);
            switch (frame.opcode()) {
                case Frames.TEXT, Frames.BINARY -> {
                    return frame.payload();
                }
                case Frames.PING -> writeBlocking(ByteBuffer.wrap(Frames.of(Frames.PONG, frame.payload())));
                case Frames.CLOSE ->
                    throw new IOException("the server closed the connection: " + closeReason(frame.payload()));
                default -> {}
            }
        }
    }

    private static String closeReason(byte[] payload) {
        if (payload.length < 2) {
            return "no reason given";
        }
        int code = (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        return code + " " + new String(payload, 2, payload.length - 2, UTF_8);
    }

    /** Ends the setup: from now on {@link Connections} reads, and writes do not block. */
    void join(Selector selector) throws IOException {
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** Writes all of it, from either mode; the messages of a phase are far smaller than a socket's buffer. */
    void writeBlocking(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            int written = channel.write(bytes);
            bytesOut += written;
            if (written == 0) {
                Thread.onSpinWait();
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    @Override
    public String toString() {
        return "client " + client + " of document " + document;
    }
}
