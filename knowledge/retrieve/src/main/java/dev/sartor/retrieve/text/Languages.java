package dev.sartor.retrieve.text;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Gives each passage of an index by language its own: the passage's where that is sure, else its document's, else none, and
/// its words are compared as they are. A document may hold several languages, and a passage of figures or names tells none.
public final class Languages {
    private Languages() {}

    /// @param chunks of one document
    public static List<Chunk> told(List<Chunk> chunks) {
        var whole = LanguageDetection.of(beginning(chunks));
        var own =
                chunks.size() == 1
                        ? List.of(whole)
                        : chunks.stream().map(chunk -> LanguageDetection.of(chunk.text())).toList();
        var usual = whole.or(() -> commonest(own)).orElse(Analysis.ANY);
        var told = new ArrayList<Chunk>();
        for (int i = 0; i < chunks.size(); i++) {
            told.add(chunks.get(i).in(own.get(i).orElse(usual)));
        }
        return told;
    }

    /// The language of most passages, where half of them tell theirs.
    private static Optional<Analysis> commonest(List<Optional<Analysis>> own) {
        var counts = new EnumMap<Analysis, Integer>(Analysis.class);
        own.forEach(each -> each.ifPresent(one -> counts.merge(one, 1, Integer::sum)));
        int told = counts.values().stream().mapToInt(each -> each).sum();
        return 2 * told < own.size()
                ? Optional.empty()
                : counts.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .map(Map.Entry::getKey);
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
