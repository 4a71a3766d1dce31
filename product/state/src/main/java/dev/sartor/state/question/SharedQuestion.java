package dev.sartor.state.question;

import dev.sartor.core.SartorException;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A question to the database that requests share: each takes an answer only of one that was put after it came, and those that
/// wait meanwhile share the next. So one question is put at a time, on one connection, however many ask. Thread-safe.
///
/// @param <T> what is answered
public final class SharedQuestion<T> implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(SharedQuestion.class);

    private final Statements database;
    private final Following<T> following;
    private final ReentrantLock asking = new ReentrantLock();
    private Optional<Handle> connection = Optional.empty();
    private Optional<T> answer = Optional.empty();
    private long askedAt;
    private boolean told;
    private boolean closed;

    public SharedQuestion(Statements database, Following<T> following) {
        this.database = database;
        this.following = following;
        this.askedAt = System.nanoTime() - 1;
    }

    /// What is asked; by one thread at a time.
    ///
    /// @param <T> what is answered
    public interface Following<T> {
        T ask(Handle handle);

        /// What counts while nothing can be asked. What was known of changes is known no more: the database may be another.
        T lost();

        /// Once for each time that the database cannot be asked.
        void tell(SartorException why);
    }

    public T now() {
        long came = System.nanoTime();
        asking.lock();
        try {
            if (closed) {
                return following.lost();
            }
            if (askedAt - came < 0) { // the last question was put before this request came
                askedAt = System.nanoTime();
                answer = Optional.of(ask());
            }
            return answer.orElseGet(following::lost);
        } finally {
            asking.unlock();
        }
    }

    /// A connection that was cut while nobody asked is opened once more.
    private T ask() {
        boolean mayBeCut = connection.isPresent();
        try {
            try {
                return answered();
            } catch (JdbiException e) {
                disconnect();
                if (!mayBeCut) {
                    return unanswered(database.told(e));
                }
                following.lost();
            }
            return answered();
        } catch (JdbiException e) {
            disconnect();
            return unanswered(database.told(e));
        } catch (SartorException e) {
            return unanswered(e);
        }
    }

    private T answered() {
        var asked = following.ask(connection.orElseGet(this::connect));
        told = false;
        return asked;
    }

    private Handle connect() {
        var handle = database.open();
        connection = Optional.of(handle);
        return handle;
    }

    private T unanswered(SartorException why) {
        var counts = following.lost();
        if (!told) {
            told = true;
            following.tell(why);
        }
        return counts;
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
