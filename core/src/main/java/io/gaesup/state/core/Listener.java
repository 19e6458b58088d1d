package io.gaesup.state.core;

/** Told about commits. */
@FunctionalInterface
public interface Listener {

    /** Called once per commit that touched the subscription's path. */
    void changed(Change change);
}
