package io.gaesup.state.server;

import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Where a node listens that goes away and comes back; who asks meanwhile waits. */
final class Whereabouts implements Supplier<String> {

    private @Nullable String url;

    synchronized void at(String newUrl) {
        url = newUrl;
        notifyAll();
    }

    synchronized void gone() {
        url = null;
    }

    @Override
    public synchronized String get() {
        try {
            while (url == null) {
                wait();
            }
            return url;
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
