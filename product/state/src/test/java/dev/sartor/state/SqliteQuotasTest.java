package dev.sartor.state;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The contract, kept in a file.
class SqliteQuotasTest extends QuotasContract {
    @TempDir private Path folder;

    @Override
    protected String address() {
        return folder.resolve("state.db").toString();
    }
}
