package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.FolderSource;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexedWith;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.text.Analysis;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VectorFormTest {
    @TempDir private Path root;
    private final HashedWords embedder = HashedWords.usual();

    @ParameterizedTest
    @EnumSource
    void inEveryFormVectorsAreKeptAsTheyWereAndCanBeTried(VectorForm form) {
        AtomicFile.write(root.resolve("docs/shipping.md"), "# Shipping\nParcels reach Ulm.");
        AtomicFile.write(root.resolve("docs/care.md"), "# Care\nDescale the kettle.");
        var settings = new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH, form);
        var embedding = new Embedding("hashed-words", "d1", () -> embedder);
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"), embedding, settings, Clock.systemUTC());
                var shelf =
                        new FolderSource(
                                root.resolve("docs"),
                                List.of(),
                                AccessPolicy.everyone(),
                                ParseLimits.usual())) {
            indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
        try (var open = PersistentIndex.open(root.resolve("index"), _ -> embedder)) {
            assertThat(open.with().settings().vectors()).isEqualTo(form);
            var piece = open.show("shipping.md").orElseThrow().pieces().getFirst();
            var vector = embedder.embed(List.of("Shipping\nParcels reach Ulm.")).getFirst();
            for (int i = 0; i < vector.length; i++) {
                assertThat(piece.vector().get(i)).isEqualTo(vector[i]);
            }
            var trials = open.vectorForms(List.of("parcels", "kettle"), root.resolve("aside"));
            assertThat(trials).extracting(VectorTrial::form).containsExactly(VectorForm.values());
            assertThat(trials).allSatisfy(trial -> assertThat(trial.recall()).isEqualTo(1));
            assertThat(trials.get(2).readBytes()).isLessThan(trials.get(2).bytes());
        }
    }

    @Test
    void anIndexOfBeforeThereWasAChoiceIsReadAsItWasMade() {
        var before =
                "{\"format\":1,\"embedder\":\"e\",\"digest\":\"d\",\"settings\":"
                        + "{\"chunks\":{\"tokens\":160,\"overlap\":20},\"analysis\":\"ENGLISH\"}}";
        assertThat(IndexedWith.parsed(before).settings())
                .isEqualTo(new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH));
        var state =
                "{\"path\":\"a\",\"stamp\":\"s\",\"sha256\":\"x\",\"title\":\"A\",\"rule\":\"[]\","
                        + "\"passages\":1,\"overlong\":0,\"failure\":\"\"}";
        assertThat(DocumentState.parsed(state).metadata()).isEqualTo(Metadata.none());
    }
}
