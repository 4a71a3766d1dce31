package dev.sartor.retrieve.index;

import dev.sartor.core.Json;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.search.SearchSettings;
import dev.sartor.retrieve.search.VectorForm;
import tools.jackson.databind.node.ObjectNode;

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

    /// Whether this version would lay out a new index so. Others are searched as well, and made anew when they are next
    /// written.
    public boolean isOfThisFormat() {
        return format == FORMAT;
    }

    public boolean hasVectors() {
        return !embedder.isEmpty();
    }

    /// How such an index is searched where nothing else is said: by words and meaning, or by words alone where it holds no
    /// vectors.
    public SearchSettings usual() {
        return SearchSettings.of(hasVectors() ? SearchMode.HYBRID : SearchMode.BM25);
    }

    public String text() {
        return Json.line(this);
    }

    public static IndexedWith parsed(String text) {
        var fields = (ObjectNode) Json.mapper().readTree(text);
        var settings = (ObjectNode) fields.path("settings");
        if (!settings.has("vectors")) { // of an index that was made before there was a choice
            settings.put("vectors", VectorForm.FP32.name());
        }
        return Json.mapper().treeToValue(fields, IndexedWith.class);
    }
}
