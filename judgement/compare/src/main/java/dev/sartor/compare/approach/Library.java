package dev.sartor.compare.approach;

import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentFolder;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.PassageIndex;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// A project's documents, searchable. The index lies in the project's `.sartor` folder and is built once; the seconds that
/// took are kept with it, as every candidate that searches has them among its set-up.
public record Library(PassageIndex index, String digest, double seconds) implements AutoCloseable {
    /// @param documents the folder with the documents
    /// @param project the project's folder
    public static Library open(
            Path documents,
            Path project,
            PassageSettings settings,
            Embedder embedder,
            Progress progress) {
        var source = new DocumentFolder(documents, ParseLimits.usual());
        var chunks = new ChunkSettings(settings.chunkTokens(), settings.overlapTokens());
        var indexed = new IndexSettings(chunks, settings.language());
        var digest = source.digest();
        var cache = cache(project);
        var times =
                cache.resolve(
                        Sha256.of(digest + indexed + embedder.name()).substring(0, 16)
                                + ".seconds");
        long start = System.nanoTime();
        var fusion = new Fusion.ConvexCombination(settings.bm25Weight());
        var index =
                PassageIndex.open(cache, source, indexed, Optional.of(embedder), fusion, progress);
        if (index.passages() == 0) {
            index.close();
            throw SartorException.user(
                    "documents must name a folder with readable documents, got "
                            + documents
                            + ", of which nothing can be searched: put some there; `sartor check` names"
                            + " what could not be read.");
        }
        return new Library(index, digest, seconds(times, (System.nanoTime() - start) / 1e9));
    }

    static Path cache(Path project) {
        return project.resolve(".sartor").resolve("indexes");
    }

    private static double seconds(Path times, double measured) {
        if (Files.isRegularFile(times)) {
            return Math.max(measured, RunJson.read(times, Double.class));
        }
        AtomicFile.write(times, RunJson.line(measured));
        return measured;
    }

    @Override
    public void close() {
        index.close();
    }
}
