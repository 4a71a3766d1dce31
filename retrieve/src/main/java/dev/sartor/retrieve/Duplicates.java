package dev.sartor.retrieve;

import dev.sartor.core.Passage;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Passages that say the same are shown once, with all documents that say it. Only what the asker may read is looked at:
/// a copy of something that he may not read gives nothing away, and no passage is hidden behind one of those.
final class Duplicates {
    /// Words of a text that are compared at once.
    private static final int SHINGLE = 4;

    /// Two texts say the same where so large a share of all their shingles are in both (Jaccard's measure; Broder 1997).
    private static final double SAME = 0.8;

    private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");

    private Duplicates() {}

    /// @param passages best first
    /// @return the best `k` that say something else than those before them
    static List<Finding> collapsed(List<Passage> passages, int k) {
        var kept = new ArrayList<Passage>();
        var alsoIn = new ArrayList<List<String>>();
        var sizes = new ArrayList<Integer>();
        var holders = new HashMap<String, List<Integer>>();
        for (var passage : passages) {
            var shingles = shingles(passage.text());
            int same = same(shingles, holders, sizes);
            if (same >= 0) {
                var others = alsoIn.get(same);
                if (!others.contains(passage.document())
                        && !kept.get(same).document().equals(passage.document())) {
                    others.add(passage.document());
                }
                continue;
            }
            for (var shingle : shingles) {
                holders.computeIfAbsent(shingle, _ -> new ArrayList<>()).add(kept.size());
            }
            kept.add(passage);
            alsoIn.add(new ArrayList<>());
            sizes.add(shingles.size());
        }
        var findings = new ArrayList<Finding>();
        for (int i = 0; i < Math.min(k, kept.size()); i++) {
            findings.add(new Finding(kept.get(i), alsoIn.get(i)));
        }
        return findings;
    }

    /// The first kept text that says the same, or -1.
    private static int same(
            Set<String> shingles, Map<String, List<Integer>> holders, List<Integer> sizes) {
        var shared = new HashMap<Integer, Integer>();
        for (var shingle : shingles) {
            for (int holder : holders.getOrDefault(shingle, List.of())) {
                shared.merge(holder, 1, Integer::sum);
            }
        }
        return shared.entrySet().stream()
                .filter(each -> {
                    int union = shingles.size() + sizes.get(each.getKey()) - each.getValue();
                    return each.getValue() >= SAME * union;
                })
                .mapToInt(Map.Entry::getKey)
                .min()
                .orElse(-1);
    }

    private static Set<String> shingles(String text) {
        var words = WORDS.split(text.toLowerCase(Locale.ROOT).strip());
        var shingles = new HashSet<String>();
        int length = Math.min(SHINGLE, words.length);
        for (int i = 0; i + length <= words.length; i++) {
            shingles.add(String.join(" ", List.of(words).subList(i, i + length)));
        }
        return shingles;
    }
}
