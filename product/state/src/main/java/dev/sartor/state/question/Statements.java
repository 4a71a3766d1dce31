package dev.sartor.state.question;

import dev.sartor.core.SartorException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.JdbiException;

/// Statements over a database, each failure told as its connector tells it. Thread-safe.
public interface Statements {
    /// As messages say it.
    String name();

    /// @param <T> what is found or made
    <T> T transaction(HandleCallback<T, RuntimeException> work);

    /// A connection that stays open, for questions that are asked again and again.
    Handle open();

    /// What a person is told of a failure.
    SartorException told(JdbiException failure);
}
