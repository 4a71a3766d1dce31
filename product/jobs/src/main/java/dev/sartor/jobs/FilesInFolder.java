package dev.sartor.jobs;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.job.Files;
import dev.sartor.serve.job.Owner;
import dev.sartor.serve.job.Page;
import dev.sartor.serve.job.Purpose;
import dev.sartor.serve.job.StoredFile;
import dev.sartor.state.StoredFiles;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;

/// Files whose bytes lie in a folder, and whose rows in the state. A row is made when the bytes are on the disk, and taken away before
/// they are.
final class FilesInFolder implements Files {
    private static final int AT_ONCE = 1 << 16;

    private final JobFolder folder;
    private final StoredFiles rows;
    private final FileLimits limits;
    private final Clock clock;
    private final Ids ids;
    private final ReentrantLock counting = new ReentrantLock();

    FilesInFolder(JobFolder folder, StoredFiles rows, FileLimits limits, Clock clock, Ids ids) {
        this.folder = folder;
        this.rows = rows;
        this.limits = limits;
        this.clock = clock;
        this.ids = ids;
        folder.removeAllBut(rows.ids());
    }

    @Override
    public long mostBytes() {
        return limits.fileBytes();
    }

    @Override
    public Optional<String> whyFull(Owner owner, long bytes) {
        var used = rows.used(owner);
        if (used.files() >= limits.ownerFiles()) {
            return Optional.of(
                    "You have "
                            + used.files()
                            + " files here, which is all that is kept: delete some of them.");
        }
        return used.bytes() + bytes > limits.ownerBytes()
                ? Optional.of(
                        "Your files here have "
                                + used.bytes()
                                + " of "
                                + limits.ownerBytes()
                                + " bytes, and "
                                + bytes
                                + " more do not fit: delete some of them.")
                : Optional.empty();
    }

    @Override
    public Path aside() {
        return folder.aside();
    }

    @Override
    public StoredFile keep(Owner owner, Purpose purpose, String name, InputStream content) {
        var id = ids.next("file-");
        var digest = Sha256.digest();
        var bytes = new long[1];
        AtomicFile.write(folder.content(id), out -> bytes[0] = copied(content, out, digest));
        var file = file(id, name, bytes[0], purpose, digest);
        counting.lock(); // of two uploads that both fit alone, one is refused
        try {
            var full = whyFull(owner, bytes[0]);
            if (full.isPresent()) {
                remove(id);
                throw SartorException.user(full.get());
            }
            rows.add(owner, file);
        } finally {
            counting.unlock();
        }
        return file;
    }

    /// Keeps what the server made, once: what is there under that id already stays.
    void keepMade(Owner owner, String id, String name, Path made) {
        if (rows.find(owner, id).isPresent()) {
            return;
        }
        var digest = Sha256.digest();
        var bytes = new long[1];
        try (var content = java.nio.file.Files.newInputStream(made)) {
            AtomicFile.write(folder.content(id), out -> bytes[0] = copied(content, out, digest));
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + made + ": " + e.getMessage(), e);
        }
        rows.add(owner, file(id, name, bytes[0], Purpose.BATCH_OUTPUT, digest));
    }

    private StoredFile file(
            String id, String name, long bytes, Purpose purpose, MessageDigest digest) {
        return new StoredFile(
                id,
                name,
                bytes,
                purpose,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                HexFormat.of().formatHex(digest.digest()));
    }

    private static long copied(InputStream content, OutputStream out, MessageDigest digest)
            throws IOException {
        var buffer = new byte[AT_ONCE];
        long bytes = 0;
        for (int read = content.read(buffer); read >= 0; read = content.read(buffer)) {
            bytes += read;
            digest.update(buffer, 0, read);
            out.write(buffer, 0, read);
        }
        return bytes;
    }

    @Override
    public Page.Part<StoredFile> list(Owner owner, Set<Purpose> purposes, Page page) {
        return rows.list(owner, purposes, page);
    }

    @Override
    public Optional<StoredFile> find(Owner owner, String id) {
        return rows.find(owner, id);
    }

    @Override
    public Optional<InputStream> content(Owner owner, String id) {
        return rows.find(owner, id).flatMap(file -> opened(folder.content(file.id())));
    }

    private static Optional<InputStream> opened(Path file) {
        try {
            return Optional.of(java.nio.file.Files.newInputStream(file));
        } catch (NoSuchFileException e) {
            return Optional.empty(); // it was deleted, or the rows come from a backup
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    @Override
    public boolean delete(Owner owner, String id) {
        boolean had = rows.delete(owner, id);
        if (had) {
            remove(id);
        }
        return had;
    }

    private void remove(String id) {
        try {
            java.nio.file.Files.deleteIfExists(folder.content(id));
        } catch (IOException e) {
            throw SartorException.missing("cannot remove a file: " + e.getMessage(), e);
        }
    }
}
