package dev.sartor.retrieve.search;

import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.text.Analysis;

/// How an index is made; another setting is another index.
public record IndexSettings(ChunkSettings chunks, Analysis analysis, VectorForm vectors) {
    /// With vectors as they are.
    public IndexSettings(ChunkSettings chunks, Analysis analysis) {
        this(chunks, analysis, VectorForm.FP32);
    }

    public static IndexSettings usual() {
        return new IndexSettings(ChunkSettings.usual(), Analysis.AUTO);
    }
}
