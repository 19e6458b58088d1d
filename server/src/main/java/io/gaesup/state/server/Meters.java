package io.gaesup.state.server;

/** What a node counts. Plain numbers: they are written on the loop, per batch and per message. */
final class Meters {

    long batches;
    long operations;
    long messagesReceived;
    long bytesReceived;
    long deltasSent;
    long messagesSent;
    long bytesSent;
    long statesSent;
    long refusals;
    long sessionsOpened;
    long sessionsTimedOut;
    long checkpoints;
    long checkpointBytes;
    long requests;

    void applied(int count) {
        batches++;
        operations += count;
    }

    void received(int bytes) {
        messagesReceived++;
        bytesReceived += bytes;
    }

    void sent(long deltas, int bytes) {
        deltasSent += deltas;
        messagesSent++;
        bytesSent += bytes;
    }

    void stateSent(int bytes) {
        statesSent++;
        messagesSent++;
        bytesSent += bytes;
    }

    void refused() {
        refusals++;
    }

    void opened() {
        sessionsOpened++;
    }

    void timedOut() {
        sessionsTimedOut++;
    }

    void checkpointed(long bytes) {
        checkpoints++;
        checkpointBytes += bytes;
    }

    void requested() {
        requests++;
    }
}
