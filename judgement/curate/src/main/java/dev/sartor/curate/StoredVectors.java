package dev.sartor.curate;

import dev.sartor.core.Embedder;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.row.Embedding;
import dev.sartor.curate.step.RowVectors;
import dev.sartor.curate.step.StepRows;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/// Embeds rows' texts, and keeps the vectors beside the steps' decisions: a run that goes on must not see others, as the last bits of
/// a vector hang on the texts that it was computed with.
final class StoredVectors implements RowVectors {
    private final Path folder;
    private final String name;
    private final Supplier<Embedder> embedder;
    private final Progress progress;
    private final Cancellation cancellation;

    /// Of texts, by their digests.
    private final Map<String, float[]> known = new HashMap<>();

    private Path file = Path.of("");

    StoredVectors(
            Path folder,
            String name,
            Supplier<Embedder> embedder,
            Progress progress,
            Cancellation cancellation) {
        this.folder = folder;
        this.name = name;
        this.embedder = embedder;
        this.progress = progress;
        this.cancellation = cancellation;
    }

    /// Takes in what a step embedded in a run that was ended.
    ///
    /// @param key of the step that asks next; each step is named, also one that asks for nothing
    void at(String key) {
        file = folder.resolve("vectors-" + key.substring(0, 16) + ".bin");
        if (Files.isRegularFile(file)) {
            read();
        }
    }

    @Override
    public String embedder() {
        return name;
    }

    @Override
    public List<float[]> of(StepRows rows) {
        var digests = new ArrayList<String>(rows.size());
        var missing = new ArrayList<Integer>();
        for (int row = 0; row < rows.size(); row++) {
            digests.add(Sha256.of(rows.text(row)));
        }
        for (int row = 0; row < rows.size(); row++) {
            if (!known.containsKey(digests.get(row))) {
                missing.add(row);
                known.put(digests.get(row), new float[0]);
            }
        }
        if (!missing.isEmpty()) {
            embed(rows, missing, digests);
            write(digests);
        }
        return digests.stream().map(this::vector).toList();
    }

    private float[] vector(String digest) {
        var vector = known.get(digest);
        if (vector == null) {
            throw SartorException.defect("a text has no vector", new IllegalStateException());
        }
        return vector;
    }

    private void embed(StepRows rows, List<Integer> missing, List<String> digests) {
        var vectors =
                Embedding.of(
                        missing.size(),
                        i -> rows.text(missing.get(i)),
                        embedder.get(),
                        progress,
                        cancellation);
        for (int i = 0; i < vectors.size(); i++) {
            known.put(digests.get(missing.get(i)), vectors.get(i));
        }
    }

    private void write(List<String> digests) {
        AtomicFile.write(
                file,
                out -> {
                    var data = new DataOutputStream(out);
                    var distinct = digests.stream().distinct().toList();
                    data.writeInt(distinct.size());
                    for (var digest : distinct) {
                        var vector = vector(digest);
                        data.writeUTF(digest);
                        data.writeInt(vector.length);
                        for (float each : vector) {
                            data.writeFloat(each);
                        }
                    }
                    data.flush();
                });
    }

    private void read() {
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            int count = in.readInt();
            for (int i = 0; i < count; i++) {
                var digest = in.readUTF();
                var vector = new float[in.readInt()];
                for (int j = 0; j < vector.length; j++) {
                    vector[j] = in.readFloat();
                }
                known.put(digest, vector);
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
