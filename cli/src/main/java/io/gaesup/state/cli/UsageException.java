package io.gaesup.state.cli;

/** A command line that makes no sense: what was given, and what was expected. */
final class UsageException extends RuntimeException {
    private static final long serialVersionUID = 1;

    UsageException(String message) {
        super(message);
    }
}
