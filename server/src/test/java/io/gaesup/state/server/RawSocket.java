package io.gaesup.state.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.Arrays;

/** A TCP connection on which anything at all can be sent, and the frames of WebSocket that come back are read. */
final class RawSocket implements AutoCloseable {

    static final int CONTINUATION = 0;
    static final int TEXT = 1;
    static final int BINARY = 2;
    static final int CLOSE = 8;
    static final int PING = 9;
    static final int FINAL = 0x80;

    /** What came: an opcode and its payload; opcode -1 is the end of the connection. */
    record Answer(int opcode, byte[] payload) {

        /** The status of a close frame. */
        int status() {
            if (opcode != CLOSE || payload.length < 2) {
                throw new AssertionError("expected a close frame with a status, found " + this);
            }
            return (payload[0] & 0xff) << 8 | payload[1] & 0xff;
        }

        @Override
        public String toString() {
            return "opcode " + opcode + " " + Arrays.toString(payload);
        }
    }

    private static final int WAIT_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;

    RawSocket(GaesupServer server) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
        socket.setSoTimeout(WAIT_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** Connected, and upgraded to WebSocket. */
    static RawSocket upgraded(GaesupServer server) throws IOException {
        var raw = new RawSocket(server);
        String answer = raw.upgrade("Host: 127.0.0.1:" + server.port());
        if (!answer.startsWith("HTTP/1.1 101 ")) {
            throw new AssertionError("expected 101, found " + answer);
        }
        return raw;
    }

    /** Asks for WebSocket with these header lines, and gives the head of the answer. */
    String upgrade(String... lines) throws IOException {
        return request("GET /gaesup/sync HTTP/1.1\r\n" + String.join("\r\n", lines)
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n");
    }

    /** Sends {@code head} as it is, and gives the head of the answer. */
    String request(String head) throws IOException {
        send(head.getBytes(ISO_8859_1));
        var answer = new ByteArrayOutputStream();
        while (!answer.toString(ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                break;
            }
            answer.write(next);
        }
        return answer.toString(ISO_8859_1);
    }

    RawSocket send(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    /** Sends one frame, masked with zeros. */
    RawSocket frame(int head, byte[] payload) throws IOException {
        return send(bytes(head, payload));
    }

    /** One frame, masked with zeros. */
    static byte[] bytes(int head, byte[] payload) {
        var out = new ByteArrayOutputStream();
        out.write(head);
        if (payload.length < 126) {
            out.write(0x80 | payload.length);
        } else {
            out.write(0x80 | 126);
            out.write(payload.length >> 8);
            out.write(payload.length);
        }
        out.writeBytes(new byte[4]);
        out.writeBytes(payload);
        return out.toByteArray();
    }

    /** The next frame of the server. */
    Answer next() throws IOException {
        int head = in.read();
        if (head < 0) {
            return new Answer(-1, new byte[0]);
        }
        int length = in.readUnsignedByte();
        if (length == 126) {
            length = in.readUnsignedShort();
        } else if (length == 127) {
            length = Math.toIntExact(in.readLong());
        }
        byte[] payload = new byte[length];
        in.readFully(payload);
        return new Answer(head & 15, payload);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
