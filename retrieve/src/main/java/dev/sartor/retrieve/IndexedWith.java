package dev.sartor.retrieve;

import dev.sartor.core.Json;

/// All that decides what a standing index holds of the same documents. What was made with something else lies in another
/// generation; the two are never mixed.
///
/// @param format counts changes to the layout and to reading
/// @param embedder its name; empty where words alone are searched
/// @param digest of the embedder's files, which settle its pooling, prompts and dimension
public record IndexedWith(int format, String embedder, String digest, IndexSettings settings) {
    private static final int FORMAT = 2;

    /// As this version makes it.
    static IndexedWith now(Embedding embedding, IndexSettings settings) {
        return new IndexedWith(FORMAT, embedding.name(), embedding.digest(), settings);
    }

    public boolean hasVectors() {
        return !embedder.isEmpty();
    }

    /// How such an index is searched where nothing else is said: by words and meaning, or by words alone where it holds no
    /// vectors.
    public SearchSettings usual() {
        return SearchSettings.of(hasVectors() ? SearchMode.HYBRID : SearchMode.BM25);
    }

    String text() {
        return Json.line(this);
    }

    static IndexedWith parsed(String text) {
        return Json.mapper().readValue(text, IndexedWith.class);
    }
}
