package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.state.question.SharedQuestion;
import dev.sartor.state.question.Statements;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of a database as they are at each request: a count of changes is asked for, and the keys are read again where it
/// has grown. Requests that wait for an answer meanwhile share the next question. While the database cannot be asked none of
/// its keys holds, as one that was taken back may be among them. Thread-safe.
final class StateKeys implements Keys {
    private static final Logger LOG = LoggerFactory.getLogger(StateKeys.class);

    private final SharedQuestion<Held> question;

    StateKeys(Statements database, Clock clock, List<ApiKey> always) {
        this.question =
                new SharedQuestion<>(database, new Rows(database, clock, List.copyOf(always)));
    }

    @Override
    public Held now() {
        return question.now();
    }

    @Override
    public void close() {
        question.close();
    }

    /// What was read last.
    private static final class Rows implements SharedQuestion.Following<Held> {
        private final Statements database;
        private final Clock clock;
        private final List<ApiKey> always;
        private List<KeyRows.Holding> known = List.of();
        private Held held;
        private long changes = -1;
        private Instant until = Instant.MIN;

        Rows(Statements database, Clock clock, List<ApiKey> always) {
            this.database = database;
            this.clock = clock;
            this.always = always;
            this.held = new Held(always, false);
        }

        @Override
        public Held ask(Handle handle) {
            long now = KeyRows.changes(handle);
            if (now != changes) {
                known = KeyRows.holding(handle);
                changes = now;
                until = Instant.MIN;
            }
            var moment = clock.instant();
            if (!held.areAll() || !moment.isBefore(until)) {
                held = heldAt(moment);
            }
            return held;
        }

        private Held heldAt(Instant moment) {
            var keys = new ArrayList<>(always);
            until = Instant.MAX;
            for (var each : known) {
                if (each.expires().map(moment::isBefore).orElse(true)) {
                    keys.add(each.key());
                    each.expires().filter(until::isAfter).ifPresent(end -> until = end);
                }
            }
            return new Held(keys, true);
        }

        @Override
        public Held lost() {
            held = new Held(always, false);
            changes = -1;
            return held;
        }

        @Override
        public void tell(SartorException why) {
            LOG.warn(
                    "no key of {} holds until it can be asked again: {}",
                    database.name(),
                    why.getMessage());
        }
    }
}
