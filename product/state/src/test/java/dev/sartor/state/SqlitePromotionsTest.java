package dev.sartor.state;

import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.junit.jupiter.api.io.TempDir;

/// The contract of promotions, kept in a file.
class SqlitePromotionsTest extends PromotionsContract {
    @TempDir private Path folder;

    @Override
    protected String address() {
        return folder.resolve("state.db").toString();
    }

    @Override
    protected void sql(String statement) {
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + address());
                var run = connection.createStatement()) {
            run.execute(statement);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
