package dev.sartor.postgres;

import dev.sartor.core.Embedder;
import dev.sartor.retrieve.index.IndexCommits;
import dev.sartor.retrieve.index.IndexKeeping;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.IndexedWith;
import java.sql.SQLException;
import java.util.Optional;
import java.util.function.Function;

/// A standing index in a schema of a database.
record PostgresStorage(PostgresAddress address) implements IndexStorage {
    @Override
    public String name() {
        return address.schema();
    }

    @Override
    public boolean exists() {
        try (var connection = address.connect()) {
            var layout = new Layout(address);
            layout.check(connection);
            return layout.isThere(connection);
        } catch (SQLException e) {
            throw new Failures(address).of(e);
        }
    }

    @Override
    public void refuseAnother() {
        exists();
    }

    @Override
    public Optional<IndexedWith> madeWith() {
        try (var connection = address.connect()) {
            var layout = new Layout(address);
            layout.check(connection);
            return layout.isThere(connection)
                    ? new Generations(address).current(connection).map(Generations.Generation::with)
                    : Optional.empty();
        } catch (SQLException e) {
            throw new Failures(address).of(e);
        }
    }

    @Override
    public IndexKeeping keep() {
        return PostgresKeeping.open(address);
    }

    @Override
    public IndexCommits commits(Function<IndexedWith, Embedder> opening) {
        return new PostgresCommits(address, opening);
    }

    @Override
    public String toString() {
        return address.toString();
    }
}
