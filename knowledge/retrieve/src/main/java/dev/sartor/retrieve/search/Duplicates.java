package dev.sartor.retrieve.search;

import dev.sartor.core.Passage;
import dev.sartor.retrieve.Finding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Passages that say the same are shown once, with all documents that say it. Only what the asker may read is looked at:
/// a copy of something that he may not read gives nothing away, and no passage is hidden behind one of those.
public final class Duplicates {
    /// Words of a text that are compared at once.
    private static final int SHINGLE = 4;

    /// Two texts say the same where so large a share of all their shingles are in both (Jaccard's measure; Broder 1997).
    private static final double SAME = 0.8;

    private static final long START = 0xcbf29ce484222325L;
    private static final long STEP = 0x100000001b3L;
    private static final int HALF = 32;

    private Duplicates() {}

    /// @param passages best first
    /// @return the best `k` that say something else than those before them
    public static List<Finding> collapsed(List<Passage> passages, int k) {
        var kept = new ArrayList<Passage>();
        var alsoIn = new ArrayList<List<String>>();
        var sizes = new ArrayList<Integer>();
        var holders = new HashMap<Long, List<Integer>>();
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
            Set<Long> shingles, Map<Long, List<Integer>> holders, List<Integer> sizes) {
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

    /// Each as a number of 64 bits: two that differ have the same about never.
    private static Set<Long> shingles(String text) {
        var words = words(text);
        var shingles = new HashSet<Long>();
        int length = Math.min(SHINGLE, words.size());
        for (int i = 0; i + length <= words.size(); i++) {
            long shingle = 0;
            for (int word = i; word < i + length; word++) {
                shingle = (shingle ^ words.get(word)) * STEP;
                shingle ^= shingle >>> HALF;
            }
            shingles.add(shingle);
        }
        return shingles;
    }

    /// The text's words without case as numbers (FNV-1a in 64 bits).
    private static List<Long> words(String text) {
        var words = new ArrayList<Long>();
        long word = START;
        for (int i = 0; i < text.length(); ) {
            int sign = text.codePointAt(i);
            i += Character.charCount(sign);
            if (isOfWord(sign)) {
                word = (word ^ Character.toLowerCase(sign)) * STEP;
            } else if (word != START) {
                words.add(word);
                word = START;
            }
        }
        if (word != START) {
            words.add(word);
        }
        return words;
    }

    private static boolean isOfWord(int sign) {
        return Character.isLetterOrDigit(sign)
                || Character.getType(sign) == Character.LETTER_NUMBER
                || Character.getType(sign) == Character.OTHER_NUMBER;
    }
}
