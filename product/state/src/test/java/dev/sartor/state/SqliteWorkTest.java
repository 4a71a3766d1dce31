package dev.sartor.state;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/// The contract of files and jobs, kept in a file.
class SqliteWorkTest extends StoredWorkContract {
    @TempDir private Path folder;

    @Override
    protected String address() {
        return folder.resolve("state.db").toString();
    }
}
