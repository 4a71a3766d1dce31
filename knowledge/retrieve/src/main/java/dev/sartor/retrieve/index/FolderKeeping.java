package dev.sartor.retrieve.index;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.search.DocumentState;
import dev.sartor.retrieve.search.StoredPassages;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.index.Term;
import org.apache.lucene.store.Lock;

/// The sole right to write an index in a folder, which is a lock on a file of it.
record FolderKeeping(Generations generations, Lock lock) implements IndexKeeping {
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
    public void remember(ForgottenDocuments forgotten) {
        forgotten.write(generations.index());
    }

    @Override
    public Map<String, List<DocumentState>> states() throws IOException {
        var known = new HashMap<String, List<DocumentState>>();
        for (int generation : generations.live()) {
            try (var writing = opened(generation)) {
                writing.states()
                        .forEach((path, state) ->
                                known.computeIfAbsent(path, _ -> new ArrayList<>()).add(state));
            }
        }
        return known;
    }

    private LuceneWriting opened(int generation) throws IOException {
        var with = generations.madeWith(generation).orElseThrow();
        return LuceneWriting.open(generations.folder(generation), with);
    }

    /// Lucene keeps what is deleted in a segment until that is written again.
    @Override
    public boolean mayHoldTraces(String path) throws IOException {
        for (int generation : generations.live()) {
            try (var writing = opened(generation)) {
                var reader = writing.stored().reader();
                if (reader.docFreq(new Term(StoredPassages.OWNER, path)) > 0) {
                    return true;
                }
            }
        }
        return false;
    }

    @Override
    public Erased erase(ForgottenDocuments forgotten, Progress progress) throws IOException {
        remember(forgotten);
        var removed = new ArrayList<String>();
        var live = generations.live();
        for (int generation : generations.all()) {
            if (live.contains(generation)) {
                progress.say("Writing generation " + generation + " without them.");
                try (var writing = opened(generation)) {
                    writing.forget(forgotten);
                }
            } else {
                Folders.delete(generations.folder(generation));
                removed.add(Integer.toString(generation));
            }
        }
        removed.addAll(generations.removeParts());
        return new Erased(live, removed, removeCaches(), List.of());
    }

    /// What was fetched is fetched again at the next run; nobody fetches now, as the lock is ours.
    private List<String> removeCaches() throws IOException {
        var caches = new ArrayList<String>();
        var fetched = generations.index().resolve(FolderSource.FETCHED);
        if (Files.isDirectory(fetched)) {
            Folders.delete(fetched);
            caches.add(FolderSource.FETCHED);
        }
        AtomicFile.sweep(generations.index());
        return caches;
    }

    @Override
    public long bytes() throws IOException {
        try (var files = Files.walk(generations.index())) {
            return files.filter(Files::isRegularFile).mapToLong(FolderKeeping::size).sum();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
