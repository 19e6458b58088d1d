package io.gaesup.state.bench.sync;

/**
 * What one phase measured. A figure that its phase does not have is 0.
 *
 * @param phase saturated, paced, closed-loop or one-by-one
 * @param seconds length of the measured part
 * @param serverCpuSeconds user and system time of the server process
 * @param generatorCpuSeconds the same of the generator
 * @param generatorBusy the share of the time in which the generator did not wait for the sockets
 * @param updates updates that the writers sent in the measured part; in the closed loop those that all others have
 * @param deliveries markers that arrived, each once for each subscriber
 * @param superseded markers that a subscriber never saw because a newer one came in their place
 * @param readsPerSecond reads of sockets
 * @param bytesPerDelivery what a subscriber received, with the frames of the WebSocket
 * @param bytesPerUpdateUp what a writer sent
 */
record PhaseResult(
        String system,
        String phase,
        double seconds,
        double serverCpuSeconds,
        double generatorCpuSeconds,
        double generatorBusy,
        long updates,
        long deliveries,
        long superseded,
        double readsPerSecond,
        double bytesPerDelivery,
        double bytesPerUpdateUp,
        double p50Millis,
        double p99Millis,
        double maxMillis) {

    /**
     * How much of its core the generator used. When it paces it polls without sleeping, so its processor time says
     * nothing; when it sleeps in between, the kernel's part of a poll looks like waiting.
     */
    double generatorCore() {
        return phase.equals("paced") ? generatorBusy : Math.max(generatorBusy, generatorCpuSeconds / seconds);
    }

    double deliveriesPerSecond() {
        return deliveries / seconds;
    }

    double updatesPerSecond() {
        return updates / seconds;
    }

    double deliveriesPerServerCpuSecond() {
        return deliveries / serverCpuSeconds;
    }

    double updatesPerServerCpuSecond() {
        return updates / serverCpuSeconds;
    }

    double serverCore() {
        return serverCpuSeconds / seconds;
    }
}
