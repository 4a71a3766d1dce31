package dev.sartor.state.audit;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.serve.Audit;
import dev.sartor.serve.AuditEntry;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An audit log in a folder of its own, written by one process at a time. Entries that wait are written together and flushed
/// once; whoever brought one goes on when it is on the disk. Thread-safe.
public final class AuditFolder implements Audit {
    private static final Logger LOG = LoggerFactory.getLogger(AuditFolder.class);
    private static final int MOST_WAITING = 10_000;
    private static final int MOST_AT_ONCE = 500;
    private static final Duration BETWEEN_HEADS = Duration.ofSeconds(60);
    private static final Duration GLANCE = Duration.ofMillis(200);

    private final AuditWriter writer;
    private final FileChannel lockFile;
    private final Optional<Anchor> anchor;
    private final SigningKey key;
    private final Clock clock;
    private final LinkedBlockingQueue<Waiting> queue = new LinkedBlockingQueue<>(MOST_WAITING);
    private final Thread thread;
    private volatile boolean closing;
    private long toldSequence;
    private long toldAt = System.nanoTime();
    private boolean warned;

    private record Waiting(AuditEntry entry, CompletableFuture<Void> kept) {}

    private AuditFolder(Path folder, FileChannel lockFile, Optional<Anchor> anchor, Clock clock) {
        this.lockFile = lockFile;
        this.anchor = anchor;
        this.clock = clock;
        this.key = SigningKey.in(folder);
        this.writer = AuditWriter.open(folder);
        this.thread = Thread.ofPlatform().name("audit").unstarted(this::work);
    }

    /// Goes on behind the last entry that is there.
    ///
    /// @param anchor where heads are told, each minute in which something was kept, and at the end
    /// @throws SartorException where another process writes there, or what is there is no audit log
    public static AuditFolder open(Path folder, Optional<Anchor> anchor, Clock clock) {
        var lockFile = locked(folder);
        try {
            var opened = new AuditFolder(folder, lockFile, anchor, clock);
            opened.thread.start();
            return opened;
        } catch (RuntimeException e) {
            close(lockFile);
            throw e;
        }
    }

    private static FileChannel locked(Path folder) {
        var file = folder.resolve("lock");
        try {
            PrivateFiles.makeFolder(folder);
            var channel =
                    PrivateFiles.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (lock(channel).isEmpty()) {
                channel.close();
                throw SartorException.user(
                        "the audit log "
                                + folder
                                + " is written by another server: give each a folder of its own with --audit.");
            }
            return channel;
        } catch (IOException e) {
            throw AtomicFile.failure(file, e);
        }
    }

    private static Optional<FileLock> lock(FileChannel channel) throws IOException {
        try {
            return Optional.ofNullable(channel.tryLock());
        } catch (OverlappingFileLockException e) {
            return Optional.empty();
        }
    }

    @Override
    public void keep(AuditEntry entry) {
        var waiting = new Waiting(entry, new CompletableFuture<>());
        try {
            if (closing || !queue.offer(waiting, BETWEEN_HEADS.toSeconds(), TimeUnit.SECONDS)) {
                throw noMore();
            }
            if (!thread.isAlive() && queue.remove(waiting)) { // it was closed in between
                throw noMore();
            }
            waiting.kept().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.stopped("stopped before an audit entry was kept");
        } catch (CompletionException e) {
            var why = e.getCause() == null ? e : e.getCause();
            throw SartorException.missing(String.valueOf(why.getMessage()), why);
        }
    }

    private static SartorException noMore() {
        return SartorException.missing("the audit log takes no more entries");
    }

    private void work() {
        var batch = new ArrayList<Waiting>();
        while (!closing || !queue.isEmpty()) {
            try {
                var first = queue.poll(GLANCE.toMillis(), TimeUnit.MILLISECONDS);
                if (first != null) {
                    batch.add(first);
                    queue.drainTo(batch, MOST_AT_ONCE - 1);
                    write(batch);
                    batch.clear();
                }
                if (System.nanoTime() - toldAt > BETWEEN_HEADS.toNanos()) {
                    tellHead();
                }
            } catch (InterruptedException e) {
                LOG.debug("the audit log is not interrupted: it ends when it is closed", e);
            }
        }
        tellHead();
    }

    private void write(List<Waiting> batch) {
        try {
            writer.write(batch.stream().map(Waiting::entry).toList());
            batch.forEach(each -> each.kept().complete(null));
        } catch (SartorException e) {
            batch.forEach(each -> each.kept().completeExceptionally(e));
        }
    }

    private void tellHead() {
        toldAt = System.nanoTime();
        if (anchor.isEmpty() || writer.sequence() == toldSequence) {
            return;
        }
        try {
            anchor.get()
                    .tell(Head.of(clock.instant(), writer.sequence(), writer.digest(), key).line());
            toldSequence = writer.sequence();
            warned = false;
        } catch (SartorException e) {
            if (!warned) {
                warned = true;
                LOG.warn(
                        "the head of the audit log could not be told ({}); it is tried again each minute",
                        e.getMessage());
            }
        }
    }

    /// Keeps what was brought, and tells the head.
    @Override
    public void close() {
        closing = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        writer.close();
        close(lockFile);
    }

    private static void close(FileChannel channel) {
        try {
            channel.close();
        } catch (IOException e) {
            LOG.debug("the lock of an audit log was let go with its process", e);
        }
    }
}
