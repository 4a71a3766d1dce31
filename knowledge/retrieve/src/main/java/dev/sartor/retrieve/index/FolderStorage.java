package dev.sartor.retrieve.index;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;
import org.apache.lucene.store.Lock;

/// A standing index in a folder, in Lucene.
record FolderStorage(Path folder) implements IndexStorage {
    @Override
    public String name() {
        return String.valueOf(folder.toAbsolutePath().normalize().getFileName());
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
        return new Keeping(generations, generations.lock());
    }

    @Override
    public IndexCommits commits(Function<IndexedWith, Embedder> opening) {
        return new FolderCommits(new Snapshots(new Generations(folder), opening));
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    private record Keeping(Generations generations, Lock lock) implements IndexKeeping {
        @Override
        public Optional<Integer> current() throws IOException {
            return generations.current();
        }

        @Override
        public int writable(IndexedWith with) throws IOException {
            return generations.writable(with);
        }

        @Override
        public IndexWriting open(int generation, IndexedWith with) throws IOException {
            return LuceneWriting.open(generations.folder(generation), with);
        }

        @Override
        public void serve(int generation) throws IOException {
            generations.serve(generation);
        }

        @Override
        public ForgottenDocuments forgotten() throws IOException {
            return ForgottenDocuments.read(generations.index());
        }

        @Override
        public RuntimeException failure(IOException e) {
            return AtomicFile.failure(generations.index(), e);
        }

        @Override
        public void close() throws IOException {
            lock.close();
        }
    }
}
