package dev.sartor.judge;

import dev.sartor.data.Judgement.Preferred;
import java.util.EnumMap;
import java.util.Map;

/// What several people said of one pair.
final class Votes {
    private final Map<Preferred, Integer> counts = new EnumMap<>(Preferred.class);

    void add(Preferred said) {
        counts.merge(said, 1, Integer::sum);
    }

    /// Whether they said different things.
    boolean areContrary() {
        return counts.size() > 1;
    }

    /// What was said more often than anything else; a tie where nothing was.
    Preferred preferred() {
        int most = counts.values().stream().mapToInt(Integer::intValue).max().orElse(0);
        var leading = counts.entrySet().stream().filter(each -> each.getValue() == most).toList();
        return leading.size() == 1 ? leading.getFirst().getKey() : Preferred.TIE;
    }
}
