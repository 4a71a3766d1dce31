package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.documents.source.FolderSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// A standing index in a folder, in Lucene.
record FolderStorage(Path folder) implements IndexStorage {
    @Override
    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
    }

    @Override
    public boolean exists() {
        return FolderSource.isIndex(folder);
    }

    @Override
    public void refuseAnother() {
        try {
            new Generations(folder).refuseAnotherFolder();
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    @Override
    public Optional<IndexedWith> madeWith() {
        try {
            var generations = new Generations(folder);
            var current = generations.current();
            return current.isEmpty() ? Optional.empty() : generations.madeWith(current.get());
        } catch (IOException e) {
            throw unreadable(e);
        }
    }

    private SartorException unreadable(IOException e) {
        return SartorException.missing("cannot read " + folder + ": " + e.getMessage(), e);
    }

    @Override
    public IndexKeeping keep() throws IOException {
        var generations = new Generations(folder);
        return new FolderKeeping(generations, generations.lock());
    }

    @Override
    public IndexCommits commits(Function<IndexedWith, Embedder> opening) {
        return new FolderCommits(new Snapshots(new Generations(folder), opening));
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
