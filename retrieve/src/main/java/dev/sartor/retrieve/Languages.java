package dev.sartor.retrieve;

import java.util.ArrayList;
import java.util.List;

/// Gives each passage of an index by language its own: the passage's where that is sure, else its document's, else none, and
/// its words are compared as they are. A document may hold several languages, and a passage of figures or names tells none.
final class Languages {
    private Languages() {}

    /// @param chunks of one document
    static List<Chunk> told(List<Chunk> chunks) {
        var whole = LanguageDetection.of(beginning(chunks));
        var told = new ArrayList<Chunk>();
        for (var chunk : chunks) {
            var own = chunks.size() == 1 ? whole : LanguageDetection.of(chunk.text());
            told.add(chunk.in(own.or(() -> whole).orElse(Analysis.ANY)));
        }
        return told;
    }

    private static String beginning(List<Chunk> chunks) {
        if (chunks.size() == 1) {
            return chunks.getFirst().indexed();
        }
        var text = new StringBuilder();
        for (var chunk : chunks) {
            if (text.length() >= LanguageDetection.LOOKED_AT) {
                break;
            }
            text.append(chunk.text()).append('\n');
        }
        return text.toString();
    }
}
