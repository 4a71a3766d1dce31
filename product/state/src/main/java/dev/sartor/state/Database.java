package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.state.question.Statements;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.HandleCallback;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.JdbiException;
import org.jdbi.v3.core.transaction.TransactionIsolationLevel;

/// Statements over a database, each failure told as its connector tells it. Thread-safe.
final class Database implements Statements {
    private final StateDatabase at;
    private final Jdbi jdbi;

    Database(StateDatabase at) {
        this.at = at;
        this.jdbi = Jdbi.create(at.source());
    }

    @Override
    public String name() {
        return at.name();
    }

    /// Forward alone: tables of a newer version are refused.
    void migrate() {
        var flyway =
                Flyway.configure(Database.class.getClassLoader())
                        .dataSource(at.source())
                        .locations("classpath:dev/sartor/state/migration")
                        .table("sartor_migrations")
                        .ignoreMigrationPatterns(new String[0])
                        .validateMigrationNaming(true);
        at.schema().ifPresent(schema -> flyway.schemas(schema).defaultSchema(schema));
        at.turn().lock();
        try {
            flyway.load().migrate();
        } catch (FlywayValidateException e) {
            throw SartorException.user(
                    at.name()
                            + " was made by another version of Sartor than this one, most likely a newer one: use"
                            + " that version, or name another --state.",
                    e);
        } catch (FlywayException e) {
            throw told(e);
        } finally {
            at.turn().unlock();
        }
    }

    private SartorException told(FlywayException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                return at.failures().apply(sql);
            }
        }
        return SartorException.user(
                at.name() + " holds other tables than a server's state: name another --state.", e);
    }

    @Override
    public <T> T transaction(HandleCallback<T, RuntimeException> work) {
        at.turn().lock();
        try {
            return jdbi.inTransaction(work);
        } catch (JdbiException e) {
            throw told(e);
        } finally {
            at.turn().unlock();
        }
    }

    /// Reads all of one moment.
    ///
    /// @param <T> what is found
    <T> T snapshot(HandleCallback<T, RuntimeException> work) {
        at.turn().lock();
        try {
            return jdbi.inTransaction(TransactionIsolationLevel.SERIALIZABLE, work);
        } catch (JdbiException e) {
            throw told(e);
        } finally {
            at.turn().unlock();
        }
    }

    @Override
    public Handle open() {
        try {
            return jdbi.open();
        } catch (JdbiException e) {
            throw told(e);
        }
    }

    @Override
    public SartorException told(JdbiException e) {
        return e.getCause() instanceof SQLException sql
                ? at.failures().apply(sql)
                : SartorException.defect("state " + at.name() + ": " + e.getMessage(), e);
    }
}
