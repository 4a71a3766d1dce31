package dev.sartor.cli.adapter;

import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.model.adapter.AdapterVersion;
import dev.sartor.serve.AdapterStore;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Adapters that callers attach, each under the folder of its name: `NAME/attached.json` beside `NAME/v-…`, the version that it
/// names. What answers is held in memory, so that whether a name is one takes the same time as any other. One server changes a folder;
/// what a crash left of versions that were never attached, or no longer, is deleted before the first change. Thread-safe.
public final class AttachedAdapters implements AdapterStore, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(AttachedAdapters.class);

    private final Path parent;
    private final Slots slots;
    private final Readers base;
    private final Predicate<String> isPlaced;
    private final Clock clock;
    private final Map<String, AttachedVersion> attached = new ConcurrentSkipListMap<>();
    private final ReentrantLock changing = new ReentrantLock();
    private Optional<FolderLock> lock = Optional.empty();

    private AttachedAdapters(
            Path parent, Slots slots, Readers base, Predicate<String> isPlaced, Clock clock) {
        this.parent = parent.toAbsolutePath().normalize();
        this.slots = slots;
        this.base = base;
        this.isPlaced = isPlaced;
        this.clock = clock;
    }

    /// What is attached in a folder.
    ///
    /// @param base who may read all that the model was made from
    /// @param isPlaced whether an adapter that was put there by hand, or is named on the command line, has a name
    public static AttachedAdapters open(
            Path parent, Slots slots, Readers base, Predicate<String> isPlaced, Clock clock) {
        var opened = new AttachedAdapters(parent, slots, base, isPlaced, clock);
        opened.read();
        return opened;
    }

    private void read() {
        for (var folder : subFolders(parent)) {
            try {
                AttachedFile.read(parent, folder)
                        .ifPresent(file ->
                                attached.put(file.described().name(), version(folder, file)));
            } catch (SartorException e) {
                LOG.warn("an adapter is not served: {}", e.getMessage());
            }
        }
    }

    private AttachedVersion version(Path folder, AttachedFile file) {
        var said = file.described();
        var described =
                new Attached(
                        said.name(),
                        said.digest(),
                        said.rank(),
                        said.bytes(),
                        said.since(),
                        said.owner(),
                        base.and(said.readers()));
        return new AttachedVersion(
                described, AdapterVersion.of(folder.resolve(file.version())), slots.forget());
    }

    private static List<Path> subFolders(Path folder) {
        try (var found = Files.list(folder)) {
            return new ArrayList<>(found.filter(Files::isDirectory).sorted().toList());
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot list the adapters in " + folder + ": " + e.getMessage(), e);
        }
    }

    /// The version that answers under a name now.
    public Optional<AttachedVersion> version(String name) {
        return Optional.ofNullable(attached.get(name));
    }

    /// The names of those that are attached, in alphabetical order.
    public List<String> names() {
        return List.copyOf(attached.keySet());
    }

    @Override
    public List<Attached> all() {
        return attached.values().stream().map(AttachedVersion::described).toList();
    }

    @Override
    public Optional<Attached> find(String name) {
        return version(name).map(AttachedVersion::described);
    }

    @Override
    public long mostBytes() {
        return slots.mostBytes();
    }

    @Override
    public Attached attach(Wanted wanted) {
        beginToChange();
        refuseTaken(wanted);
        var place = AttachedFile.folder(parent, wanted.name());
        var folder = place.resolve("v-" + UUID.randomUUID());
        try {
            var received = ReceivedAdapter.into(folder, wanted.files(), slots.mostBytes());
            slots.refuseUnfit().accept(folder);
            var readers = received.readers().and(wanted.readers());
            ReadersFile.write(folder, readers);
            var described =
                    new Attached(
                            wanted.name(),
                            received.digest(),
                            received.rank(),
                            received.bytes(),
                            clock.instant(),
                            wanted.owner(),
                            readers);
            var file = new AttachedFile(String.valueOf(folder.getFileName()), described);
            return counted(wanted, place, file).described();
        } catch (SartorException e) {
            discard(place, folder);
            throw told(e, folder, wanted.name());
        } catch (RuntimeException e) {
            discard(place, folder);
            throw e;
        }
    }

    private AttachedVersion counted(Wanted wanted, Path place, AttachedFile file) {
        Optional<AttachedVersion> before;
        AttachedVersion now;
        changing.lock();
        try {
            refuseTaken(wanted);
            now = version(place, file);
            wanted.beforeItCounts().accept(now.digest());
            file.write(place);
            before = Optional.ofNullable(attached.put(wanted.name(), now));
        } finally {
            changing.unlock();
        }
        before.ifPresent(AttachedVersion::retire);
        return now;
    }

    private void refuseTaken(Wanted wanted) {
        if (isPlaced.test(wanted.name())) {
            throw SartorException.user(
                    "an adapter that this server's keeper put there has the name "
                            + wanted.name()
                            + ": choose another.");
        }
        long own =
                attached.values().stream()
                        .filter(each -> each.described().owner().equals(wanted.owner()))
                        .count();
        if (own >= wanted.most() && !attached.containsKey(wanted.name())) {
            throw SartorException.user(
                    own
                            + " adapters are attached here, as many as there may be of one owner: detach one that is not needed.");
        }
    }

    /// Callers are not told where things lie, nor why the disk fails.
    private static SartorException told(SartorException e, Path folder, String name) {
        return switch (e.kind()) {
            case USER ->
                    SartorException.user(
                            String.valueOf(e.getMessage())
                                    .replace(folder + "/", "")
                                    .replace(folder.toString(), name),
                            e);
            case MISSING -> {
                LOG.warn("an adapter cannot be kept: {}", e.getMessage());
                yield SartorException.missing(
                        "the adapter cannot be kept at the moment; the server's log says why", e);
            }
            case STOPPED, DEFECT -> e;
        };
    }

    /// What was not attached goes, and the folder of a name that nothing else is in. Where the disk failed when the version was
    /// written to be the one that answers, it may be just that after a crash, and stays.
    private static void discard(Path place, Path folder) {
        try {
            var file = place.resolve(AttachedFile.NAME);
            var name = String.valueOf(folder.getFileName());
            if (!Files.exists(file) || !Files.readString(file).contains(name)) {
                Folders.delete(folder);
                deleteIfEmpty(place);
            }
        } catch (IOException e) {
            LOG.warn("{} is left behind, and is deleted at the next start", folder, e);
        }
    }

    /// Who is just beginning to write there is told to try again.
    static void deleteIfEmpty(Path place) throws IOException {
        try {
            Files.deleteIfExists(place);
        } catch (DirectoryNotEmptyException e) {
            LOG.debug("{} is in use", place, e);
        }
    }

    @Override
    public boolean detach(String name, Runnable beforeItCounts) {
        beginToChange();
        var place = AttachedFile.folder(parent, name);
        Optional<AttachedVersion> gone;
        changing.lock();
        try {
            if (!attached.containsKey(name)) {
                return false;
            }
            beforeItCounts.run();
            AtomicFile.delete(place.resolve(AttachedFile.NAME));
            gone = Optional.ofNullable(attached.remove(name));
        } catch (SartorException e) {
            throw told(e, place, name);
        } finally {
            changing.unlock();
        }
        gone.ifPresent(AttachedVersion::retire);
        return gone.isPresent();
    }

    /// Before the first change: nobody else changes the folder, what it holds is what is served, and what a crash left is gone.
    private void beginToChange() {
        changing.lock();
        try {
            if (lock.isPresent()) {
                return;
            }
            lock = Optional.of(FolderLock.of(parent));
            sweep();
        } catch (SartorException e) {
            throw told(e, parent, "adapters");
        } finally {
            changing.unlock();
        }
    }

    private void sweep() {
        for (var folder : subFolders(parent)) {
            AtomicFile.sweep(folder);
            try {
                for (var version : subFolders(folder)) {
                    if (isLeft(version)) {
                        Folders.delete(version);
                    }
                }
                deleteIfEmpty(folder);
            } catch (IOException e) {
                LOG.warn("what a crash left in {} stays there", folder, e);
            }
        }
    }

    private boolean isLeft(Path version) {
        return AttachedFile.isVersion(String.valueOf(version.getFileName()))
                && attached.values().stream()
                        .noneMatch(each -> each.version().folder().equals(version));
    }

    @Override
    public void close() {
        lock.ifPresent(FolderLock::close);
    }
}
