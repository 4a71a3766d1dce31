package dev.sartor.generate;

import java.util.ArrayList;
import java.util.List;

/// Choices that are scored at once: each of their tokens needs logits of the whole vocabulary, and many choices together
/// would need more memory than there is.
final class ChoiceParts {
    /// 400 MB of logits.
    private static final int MOST_LOGITS = 100_000_000;

    private ChoiceParts() {}

    /// @param choices tokens of each
    /// @return at least one part
    static List<List<int[]>> of(List<int[]> choices, int vocabulary) {
        int most = Math.max(1, MOST_LOGITS / vocabulary);
        var parts = new ArrayList<List<int[]>>();
        int from = 0;
        int tokens = 0;
        for (int i = 0; i < choices.size(); i++) {
            tokens += choices.get(i).length;
            if (tokens > most && i > from) {
                parts.add(choices.subList(from, i));
                from = i;
                tokens = choices.get(i).length;
            }
        }
        parts.add(choices.subList(from, choices.size()));
        return parts;
    }
}
