package dev.sartor.state;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.PrivateFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteDataSource;
import org.sqlite.SQLiteErrorCode;

/// A file of SQLite, for its owner alone. What was committed is on the disk (`synchronous=FULL`), also after a crash.
final class Sqlite {
    private static final int LONGEST_WAIT_MILLIS = 10_000;

    /// One for each file that this process has opened.
    private static final Map<Path, Lock> TURNS = new ConcurrentHashMap<>();

    private Sqlite() {}

    /// @throws SartorException a user's error where the file cannot be made
    static StateDatabase at(Path file) {
        try {
            Files.createDirectories(file.toAbsolutePath().resolveSibling("."));
            PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE).close();
        } catch (IOException e) {
            throw SartorException.user(
                    "--state "
                            + file
                            + " cannot be written ("
                            + e.getMessage()
                            + "): name a file in a folder that you may write to.",
                    e);
        }
        var config = new SQLiteConfig();
        config.setJournalMode(SQLiteConfig.JournalMode.WAL);
        config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
        config.setBusyTimeout(LONGEST_WAIT_MILLIS);
        config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
        config.enforceForeignKeys(true);
        var source = new SQLiteDataSource(config);
        source.setUrl("jdbc:sqlite:" + file.toAbsolutePath());
        var turn = TURNS.computeIfAbsent(realPath(file), _ -> new ReentrantLock());
        return new StateDatabase(
                file.toString(), source, Optional.empty(), turn, e -> failure(file, e));
    }

    private static Path realPath(Path file) {
        try {
            return file.toRealPath();
        } catch (IOException e) {
            return file.toAbsolutePath().normalize();
        }
    }

    private static SartorException failure(Path file, SQLException e) {
        int code = e.getErrorCode() & 0xFF; // the rest says more closely why
        if (code == SQLiteErrorCode.SQLITE_NOTADB.code) {
            return SartorException.user(
                    "--state " + file + " is no file of SQLite: name another one.", e);
        }
        if (code == SQLiteErrorCode.SQLITE_FULL.code) {
            return SartorException.missing(
                    "the disk of "
                            + file
                            + " is full. Free some space; what was committed is kept, so run the same"
                            + " command again.",
                    e);
        }
        if (code == SQLiteErrorCode.SQLITE_BUSY.code) {
            return SartorException.missing(
                    file
                            + " was held by another process for more than "
                            + LONGEST_WAIT_MILLIS / 1000
                            + " s: run the same command again.",
                    e);
        }
        if (code == SQLiteErrorCode.SQLITE_READONLY.code
                || code == SQLiteErrorCode.SQLITE_CANTOPEN.code) {
            return SartorException.user(
                    "--state "
                            + file
                            + " and its folder must be writable for you (files beside it end in -wal and"
                            + " -shm): give yourself the rights, or name another file.",
                    e);
        }
        return SartorException.missing(file + " cannot be used: " + e.getMessage() + ".", e);
    }
}
