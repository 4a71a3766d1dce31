package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.documents.ParseLimits;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.text.Analysis;
import java.time.Duration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SettingsTest {
    private static void refused(ThrowingCallable made, String setting) {
        assertThatThrownBy(made)
                .isInstanceOf(SartorException.class)
                .hasMessageStartingWith(setting + " must be ")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.USER);
    }

    @Test
    void nonsenseIsRefusedByTheSettingsName() {
        refused(() -> new ChunkSettings(15, 0), "retrieval.chunk_tokens");
        refused(() -> new ChunkSettings(8193, 0), "retrieval.chunk_tokens");
        refused(() -> new ChunkSettings(160, -1), "retrieval.overlap_tokens");
        refused(() -> new ChunkSettings(160, 81), "retrieval.overlap_tokens");
        refused(() -> new RetrievalSettings(0, SearchMode.BM25, false), "retrieval.passages");
        refused(() -> new RetrievalSettings(1001, SearchMode.BM25, false), "retrieval.passages");
        refused(() -> new ParseLimits(63, Duration.ofSeconds(1), 1), "a parser's heap");
        refused(() -> new ParseLimits(64, Duration.ZERO, 1), "a parser's time for a file");
        refused(
                () -> new ParseLimits(64, Duration.ofSeconds(1), 0),
                "the files that a parser reads");
    }

    @Test
    void theUsualSettingsAreTheDocumentedOnes() {
        assertThat(ChunkSettings.usual()).isEqualTo(new ChunkSettings(160, 20));
        assertThat(ParseLimits.usual())
                .isEqualTo(new ParseLimits(512, Duration.ofSeconds(60), 1000));
        assertThat(IndexSettings.usual())
                .isEqualTo(new IndexSettings(ChunkSettings.usual(), Analysis.AUTO));
    }
}
