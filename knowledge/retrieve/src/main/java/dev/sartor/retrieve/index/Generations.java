package dev.sartor.retrieve.index;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.access.PrivateDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexNotFoundException;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.Lock;
import org.apache.lucene.store.LockObtainFailedException;

/// How a standing index's folder is laid out: `generations/N` are Lucene indexes, `current` names the one that is
/// searched, `lock` is held by whoever writes. Another embedder or another setting makes another generation beside the one
/// that is searched; `current` is renamed into place when it is whole.
record Generations(Path index) {
    /// In a Lucene commit: {@link IndexedWith} as JSON.
    static final String MADE_WITH = "made_with";

    private static final String CURRENT = FolderSource.CURRENT;
    private static final String LOCK = FolderSource.LOCK;

    /// A late task of a making that ended may still write: each making has a folder of its own.
    private static final String PARTS = "parts-";

    boolean exists() {
        return Files.isDirectory(index.resolve(FolderSource.GENERATIONS));
    }

    Path folder(int generation) {
        return index.resolve(FolderSource.GENERATIONS).resolve(Integer.toString(generation));
    }

    /// The generation that is searched; empty before the first one is whole.
    Optional<Integer> current() throws IOException {
        var pointer = index.resolve(CURRENT);
        if (!Files.isRegularFile(pointer)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Integer.parseInt(Files.readString(pointer).strip()));
        } catch (NumberFormatException e) {
            throw new IOException(pointer + " does not hold a number", e);
        }
    }

    /// From now on this one is searched, and the others are gone, but for readers that have them open.
    void serve(int generation) throws IOException {
        AtomicFile.write(index.resolve(CURRENT), generation + "\n");
        for (int other : all()) {
            if (other != generation) {
                Folders.delete(folder(other));
            }
        }
    }

    /// What a generation was made with; empty where not even its first commit was written.
    Optional<IndexedWith> madeWith(int generation) throws IOException {
        try (var directory = FSDirectory.open(folder(generation));
                var reader = DirectoryReader.open(directory)) {
            return Optional.of(madeWith(reader));
        } catch (IndexNotFoundException e) {
            return Optional.empty();
        }
    }

    static IndexedWith madeWith(DirectoryReader reader) throws IOException {
        var made = reader.getIndexCommit().getUserData().get(MADE_WITH);
        if (made == null) {
            throw new IOException("its last commit does not say what it was made with");
        }
        return IndexedWith.parsed(made);
    }

    /// The generation to write what is made with this into: the one that is searched, one that was begun, or a new one.
    int writable(IndexedWith with) throws IOException {
        int highest = current().orElse(0);
        for (int generation : all()) {
            highest = Math.max(highest, generation);
            if (madeWith(generation).equals(Optional.of(with))) {
                return generation;
            }
        }
        int served = current().orElse(0);
        for (int begun : all()) {
            if (begun != served) {
                Folders.delete(folder(begun));
            }
        }
        return highest + 1;
    }

    /// A new generation, whatever the one that is searched was made with. Those that were begun are gone.
    int next() throws IOException {
        int served = current().orElse(0);
        int highest = served;
        for (int generation : all()) {
            highest = Math.max(highest, generation);
            if (generation != served) {
                Folders.delete(folder(generation));
            }
        }
        return highest + 1;
    }

    /// An empty folder for the parts of a generation that is made of several. Those of a making that was killed are gone.
    Path parts() throws IOException {
        var generations = index.resolve(FolderSource.GENERATIONS);
        PrivateFiles.makeFolder(generations);
        removeParts();
        var parts = generations.resolve(PARTS + UUID.randomUUID());
        PrivateFiles.makeFolder(parts);
        return parts;
    }

    /// Those of makings that ended without joining them.
    ///
    /// @return the names of their folders
    List<String> removeParts() throws IOException {
        var removed = new ArrayList<String>();
        var generations = index.resolve(FolderSource.GENERATIONS);
        try (var folders = Files.newDirectoryStream(generations, PARTS + "*")) {
            for (var folder : folders) {
                Folders.delete(folder);
                removed.add(String.valueOf(folder.getFileName()));
            }
        }
        return removed;
    }

    List<Integer> all() throws IOException {
        var numbers = new ArrayList<Integer>();
        if (exists()) {
            try (var folders = Files.newDirectoryStream(index.resolve(FolderSource.GENERATIONS))) {
                for (var folder : folders) {
                    if (folder.getFileName().toString().matches("[1-9]\\d{0,8}")) {
                        numbers.add(Integer.parseInt(folder.getFileName().toString()));
                    }
                }
            }
        }
        numbers.sort(null);
        return numbers;
    }

    /// Those that may be searched some day: the one that is searched, and those that were begun since and have a commit.
    List<Integer> live() throws IOException {
        var live = new ArrayList<Integer>();
        int served = current().orElse(0);
        for (int generation : all()) {
            if (generation >= served && madeWith(generation).isPresent()) {
                live.add(generation);
            }
        }
        return live;
    }

    /// @throws SartorException a user's error where the folder holds anything, and is no index
    void refuseAnotherFolder() throws IOException {
        if (!Files.exists(index) || FolderSource.isIndex(index)) {
            return;
        }
        if (!Files.isDirectory(index)) {
            throw another("is a file");
        }
        try (var files = Files.list(index)) {
            var other =
                    files.map(file -> String.valueOf(file.getFileName()))
                            .filter(name -> !name.equals(LOCK)) // a first run that was killed
                            .sorted()
                            .findFirst();
            if (other.isPresent()) {
                throw another("holds " + other.get());
            }
        }
    }

    private SartorException another(String what) {
        return SartorException.user(
                "--out must be an index, or a new or empty folder, got "
                        + index
                        + ", which "
                        + what
                        + ": name a new folder, which is made.");
    }

    /// The sole right to write, until closed; it ends with the process, too.
    ///
    /// @throws SartorException a user's error where another has it, or the folder is something else
    Lock lock() throws IOException {
        refuseAnotherFolder();
        try (var directory = PrivateDirectory.open(index)) {
            return directory.obtainLock(LOCK);
        } catch (LockObtainFailedException e) {
            throw SartorException.user(
                    index
                            + " is being written by another run of `sartor index`: wait for it to"
                            + " end, or end it.",
                    e);
        }
    }
}
