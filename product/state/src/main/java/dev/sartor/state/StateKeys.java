package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The keys of a database as they are at each request: a count of changes is asked for, and the keys are read again where it
/// has grown. Requests that wait for an answer meanwhile share the next question. While the database cannot be asked none of
/// its keys holds, as one that was taken back may be among them. Thread-safe.
final class StateKeys implements Keys {
    private static final Logger LOG = LoggerFactory.getLogger(StateKeys.class);

    private final Database database;
    private final Clock clock;
    private final List<ApiKey> always;
    private final ReentrantLock asking = new ReentrantLock();
    private Optional<Handle> connection = Optional.empty();
    private List<KeyRows.Holding> known = List.of();
    private Held held;
    private long changes = -1;
    private long askedAt;
    private Instant until = Instant.MIN;
    private boolean told;
    private boolean closed;

    StateKeys(Database database, Clock clock, List<ApiKey> always) {
        this.database = database;
        this.clock = clock;
        this.always = List.copyOf(always);
        this.held = new Held(always, false);
        this.askedAt = System.nanoTime() - 1;
    }

    @Override
    public Held now() {
        long came = System.nanoTime();
        asking.lock();
        try {
            if (closed) {
                return new Held(always, false);
            }
            if (askedAt - came < 0) { // the last question was put before this request came
                askedAt = System.nanoTime();
                ask();
            }
            return held;
        } finally {
            asking.unlock();
        }
    }

    /// A connection that was cut while nobody asked is opened once more.
    private void ask() {
        for (int left = connection.isPresent() ? 2 : 1; left > 0; left--) {
            try {
                follow();
                told = false;
                return;
            } catch (JdbiException e) {
                disconnect();
                refuse(database.told(e), left > 1);
            } catch (SartorException e) {
                refuse(e, false);
                return;
            }
        }
    }

    private void follow() {
        var handle = connection.orElseGet(this::connect);
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
    }

    private Handle connect() {
        var handle = database.open();
        connection = Optional.of(handle);
        return handle;
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

    private void refuse(SartorException why, boolean mayPass) {
        held = new Held(always, false);
        changes = -1;
        if (!told && !mayPass) {
            told = true;
            LOG.warn(
                    "no key of {} holds until it can be asked again: {}",
                    database.name(),
                    why.getMessage());
        }
    }

    private void disconnect() {
        connection.ifPresent(handle -> {
            try {
                handle.close();
            } catch (JdbiException e) {
                LOG.debug("a connection that failed was left", e);
            }
        });
        connection = Optional.empty();
    }

    @Override
    public void close() {
        asking.lock();
        try {
            closed = true;
            disconnect();
        } finally {
            asking.unlock();
        }
    }
}
