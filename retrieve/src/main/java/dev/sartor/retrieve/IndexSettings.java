package dev.sartor.retrieve;

/// How an index is made; another setting is another index.
public record IndexSettings(ChunkSettings chunks, Analysis analysis) {
    public static IndexSettings usual() {
        return new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH);
    }
}
