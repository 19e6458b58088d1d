package io.gaesup.state.bench.sync;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** Socket.IO 4: engine.io version 4 over a WebSocket from the first byte, text packets. */
final class SocketIoWire implements Wire {

    private static final String ENGINE_OPEN = "0";
    private static final String CONNECT = "40";
    private static final String EVENT = "42";
    private static final String ACKNOWLEDGEMENT = "43";
    private static final String ENGINE_PONG = "3";

    private final JsonMapper json = new JsonMapper();

    @Override
    public String requestTarget() {
        return "/socket.io/?EIO=4&transport=websocket";
    }

    @Override
    public String requestHeaders() {
        return "";
    }

    @Override
    public void greet(Connection connection) throws IOException {
        expect(connection, ENGINE_OPEN);
        connection.sendText(CONNECT);
        expect(connection, CONNECT);
    }

    @Override
    public void seed(Connection connection, String document, Map<String, String> fields) throws IOException {
        ask(connection, "seed", document, fields);
    }

    @Override
    public void subscribe(Connection connection, String document) throws IOException {
        ask(connection, "open", document);
    }

    private void ask(Connection connection, Object... event) throws IOException {
        connection.sendText(EVENT + "0" + json.writeValueAsString(event));
        expect(connection, ACKNOWLEDGEMENT);
    }

    private static void expect(Connection connection, String prefix) throws IOException {
        var message = new String(connection.receive(), UTF_8);
        if (!message.startsWith(prefix)) {
            throw new IOException("Socket.IO: expected a packet " + prefix + ", found " + message);
        }
    }

    @Override
    public Writer writer(Connection connection, String document, String field) {
        var packet = EVENT + json.writeValueAsString(new String[] {"set", document, field, MarkerScanner.textOf(0)});
        var payload = packet.getBytes(ISO_8859_1);
        int markerAt = packet.indexOf("@@");
        return (frames, marker) -> {
            MarkerScanner.write(marker, payload, markerAt);
            Frames.append(frames, Frames.TEXT, payload, payload.length);
        };
    }

    /** A pong that nobody asked for: it starts the server's interval between two pings anew. */
    @Override
    public byte[] stillHere() {
        return Frames.of(Frames.TEXT, ENGINE_PONG.getBytes(ISO_8859_1));
    }
}
