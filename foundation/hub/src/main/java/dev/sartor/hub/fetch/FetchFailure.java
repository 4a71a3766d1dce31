package dev.sartor.hub.fetch;

import dev.sartor.hub.environment.Retry;
import java.time.Duration;
import java.util.Optional;

/// Why a source did not give a file. Whoever fetches answers it by trying again or by the next source.
public abstract sealed class FetchFailure extends Exception {
    private static final long serialVersionUID = 1L;

    private FetchFailure(String message) {
        super(message);
    }

    private FetchFailure(String message, Throwable cause) {
        super(message, cause);
    }

    /// Nobody answers there.
    public static final class Unreachable extends FetchFailure {
        private static final long serialVersionUID = 1L;

        public Unreachable(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The source's answer is no, or its bytes are wrong: asking again changes nothing.
    public static final class Refused extends FetchFailure {
        private static final long serialVersionUID = 1L;

        public Refused(String message) {
            super(message);
        }

        public Refused(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /// The source has nothing by that name, or hides it from this user.
    public static final class Absent extends FetchFailure {
        private static final long serialVersionUID = 1L;

        Absent(String message) {
            super(message);
        }
    }

    /// It may well work in a moment: a cut or silent connection, an overloaded server.
    static final class Hiccup extends FetchFailure implements Retry.Passing {
        private static final long serialVersionUID = 1L;

        private final transient Optional<Duration> pause;

        Hiccup(String message, Optional<Duration> pause) {
            super(message);
            this.pause = pause;
        }

        Hiccup(String message, Throwable cause) {
            super(message, cause);
            this.pause = Optional.empty();
        }

        @Override
        public Optional<Duration> pause() {
            return pause;
        }
    }
}
