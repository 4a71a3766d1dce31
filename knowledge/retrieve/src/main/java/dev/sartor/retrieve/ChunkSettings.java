package dev.sartor.retrieve;

import dev.sartor.core.Problems;

/// How documents are cut into passages.
///
/// @param tokens the most that a passage's text has, without the title and headings that are indexed with it
/// @param overlap the most that a passage repeats of the one before it in the same section, in whole sentences
public record ChunkSettings(int tokens, int overlap) {
    public ChunkSettings {
        Problems.refuseUnless(
                tokens >= 16 && tokens <= 8192,
                "retrieval.chunk_tokens",
                "16 to 8192",
                tokens,
                "160 suits short answers");
        Problems.refuseUnless(
                overlap >= 0 && overlap <= tokens / 2,
                "retrieval.overlap_tokens",
                "0 to half of chunk_tokens",
                overlap,
                "20 is usual");
    }

    /// 160 tokens, overlap 20.
    public static ChunkSettings usual() {
        return new ChunkSettings(160, 20);
    }

    /// Below this a section is joined to its neighbour.
    public int tiny() {
        return tokens / 4;
    }
}
