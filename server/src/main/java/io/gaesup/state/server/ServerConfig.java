package io.gaesup.state.server;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How a node listens; the names in brackets are the keys a file would use.
 *
 * @param host [{@code host}] the address to listen at, default {@code 127.0.0.1}. It has to be this machine's loopback: there
 *     are no credentials yet, and strangers get in nowhere
 * @param port [{@code port}] 0 to 65,535, default 4100; 0 takes a free one
 * @param site [{@code site}] a folder of files for browsers, served at {@code /}; null for none
 * @param messageBytesMax [{@code message-bytes-max}] the longest WebSocket message a client may send: 1 KiB or more, default 16
 *     MiB. A longer one closes the connection with status 1009
 * @param bodyBytesMax [{@code body-bytes-max}] the longest HTTP body: 1 KiB or more, default 64 MiB. A longer one is answered
 *     with 413
 * @param sessionsMax [{@code sessions-max}] how many WebSocket connections there are at most: default 20,000
 * @param storesPerSessionMax [{@code stores-per-session-max}] how many stores one of them has open: default 1,000
 * @param helloWithin [{@code hello-within}] how long a connection may take to say hello: 10 ms to 5 minutes, default 10 s
 * @param heartbeat [{@code heartbeat}] a connection that is silent this long is asked for a sign of life, and closed when
 *     there is none within the same time again: 10 ms to 1 hour, default 20 s
 */
public record ServerConfig(
        String host,
        int port,
        @Nullable Path site,
        int messageBytesMax,
        int bodyBytesMax,
        int sessionsMax,
        int storesPerSessionMax,
        Duration helloWithin,
        Duration heartbeat) {

    private static final int MIB = 1024 * 1024;
    private static final ServerConfig DEFAULTS = new ServerConfig(
            "127.0.0.1", 4100, null, 16 * MIB, 64 * MIB, 20_000, 1000, Duration.ofSeconds(10), Duration.ofSeconds(20));

    public ServerConfig {
        Range.check("port", port, 0, 65_535);
        Range.check("message-bytes-max", messageBytesMax, 1024, 256 * MIB);
        Range.check("body-bytes-max", bodyBytesMax, 1024, 256 * MIB);
        Range.check("sessions-max", sessionsMax, 1, 1_000_000);
        Range.check("stores-per-session-max", storesPerSessionMax, 1, 1_000_000);
        Range.check("hello-within", helloWithin, Duration.ofMillis(10), Duration.ofMinutes(5));
        Range.check("heartbeat", heartbeat, Duration.ofMillis(10), Duration.ofHours(1));
    }

    public static ServerConfig defaults() {
        return DEFAULTS;
    }

    public ServerConfig withHost(String newHost) {
        return new ServerConfig(
                newHost,
                port,
                site,
                messageBytesMax,
                bodyBytesMax,
                sessionsMax,
                storesPerSessionMax,
                helloWithin,
                heartbeat);
    }

    public ServerConfig withPort(int newPort) {
        return new ServerConfig(
                host,
                newPort,
                site,
                messageBytesMax,
                bodyBytesMax,
                sessionsMax,
                storesPerSessionMax,
                helloWithin,
                heartbeat);
    }

    public ServerConfig withSite(@Nullable Path folder) {
        return new ServerConfig(
                host,
                port,
                folder,
                messageBytesMax,
                bodyBytesMax,
                sessionsMax,
                storesPerSessionMax,
                helloWithin,
                heartbeat);
    }

    /** The longest WebSocket message and the longest HTTP body. */
    public ServerConfig withBytesMax(int message, int body) {
        return new ServerConfig(
                host, port, site, message, body, sessionsMax, storesPerSessionMax, helloWithin, heartbeat);
    }

    /** How many sessions there are at most, and how many stores each may open. */
    public ServerConfig withSessions(int max, int storesMax) {
        return new ServerConfig(
                host, port, site, messageBytesMax, bodyBytesMax, max, storesMax, helloWithin, heartbeat);
    }

    /** How long a hello may take and how often silent connections are asked for a sign of life. */
    public ServerConfig withPatience(Duration hello, Duration beat) {
        return new ServerConfig(
                host, port, site, messageBytesMax, bodyBytesMax, sessionsMax, storesPerSessionMax, hello, beat);
    }
}
