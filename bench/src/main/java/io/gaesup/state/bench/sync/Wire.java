package io.gaesup.state.bench.sync;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;

/** What one kind of server wants to hear, over a WebSocket. */
sealed interface Wire permits SocketIoWire, GaesupWire {

    /** Path and query of the upgrade request. */
    String requestTarget();

    /** Further lines of the upgrade request, each with its line end. */
    String requestHeaders();

    /** What comes before any document is named. */
    void greet(Connection connection) throws IOException;

    /** Makes a document with these fields; returns when the server has it. */
    void seed(Connection connection, String document, Map<String, String> fields) throws IOException;

    /** Follows a document; returns when its state has arrived. */
    void subscribe(Connection connection, String document) throws IOException;

    /** Writes markers to one field of a document, on a connection that has subscribed to it and is still in its setup. */
    Writer writer(Connection connection, String document, String field) throws IOException;

    /** A frame that says "still here". */
    byte[] stillHere();

    /** Makes the frames of one writer. */
    interface Writer {

        /** The longest frame. */
        int FRAME_BYTES_MAX = 256;

        /** Appends the frame of one update that sets the field to this marker. */
        void append(ByteBuffer frames, int marker);
    }
}
