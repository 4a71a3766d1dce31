package dev.sartor.remote;

import dev.sartor.core.SartorException;

/// Marks a failure as a remote model's, by being its cause: others need not stop for it.
public final class RemoteFailure extends Exception {
    private static final long serialVersionUID = 1L;

    public static boolean is(SartorException failure) {
        return failure.getCause() instanceof RemoteFailure;
    }

    static SartorException user(String message) {
        return SartorException.user(message, new RemoteFailure());
    }

    static SartorException missing(String message) {
        return SartorException.missing(message, new RemoteFailure());
    }
}
