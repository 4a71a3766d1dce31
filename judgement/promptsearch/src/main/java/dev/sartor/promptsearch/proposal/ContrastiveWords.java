package dev.sartor.promptsearch.proposal;

import dev.sartor.core.Example;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The words that set a label's training examples apart from all others: the highest z-scores of log-odds with a prior of the words of all
/// examples (Monroe, Colaresi and Quinn 2008, "Fightin' Words", formulas 16 and 22), each word counted once an example.
final class ContrastiveWords {
    /// Half a standard error: what all labels use about equally often lies below.
    private static final double TELLING = 0.5;

    private static final Pattern WORD = Pattern.compile("\\p{L}{3,}");

    private final Map<String, Integer> overall;
    private final Map<String, Map<String, Integer>> byLabel;

    private ContrastiveWords(
            Map<String, Integer> overall, Map<String, Map<String, Integer>> byLabel) {
        this.overall = overall;
        this.byLabel = byLabel;
    }

    static ContrastiveWords of(List<Example> training) {
        var overall = new HashMap<String, Integer>();
        var byLabel = new HashMap<String, Map<String, Integer>>();
        for (var example : training) {
            var own = byLabel.computeIfAbsent(example.reference(), _ -> new HashMap<>());
            for (var word : words(example)) {
                overall.merge(word, 1, Integer::sum);
                own.merge(word, 1, Integer::sum);
            }
        }
        return new ContrastiveWords(overall, byLabel);
    }

    private static Set<String> words(Example example) {
        var words = new HashSet<String>();
        var matcher = WORD.matcher(example.text().toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /// The most telling first; fewer where fewer are told apart.
    List<String> of(String label, int count) {
        var own = byLabel.getOrDefault(label, Map.of());
        var words = new ArrayList<>(own.keySet());
        words.removeIf(word -> z(word, own) <= TELLING);
        words.sort(
                Comparator.comparingDouble((String word) -> -z(word, own))
                        .thenComparing(Comparator.naturalOrder()));
        return List.copyOf(words.subList(0, Math.min(count, words.size())));
    }

    /// How telling an example is of its label.
    double weight(Example example) {
        var own = byLabel.getOrDefault(example.reference(), Map.of());
        var words = words(example);
        // Long texts have more of everything.
        return words.stream().mapToDouble(word -> z(word, own)).sum()
                / Math.sqrt(Math.max(1, words.size()));
    }

    private double z(String word, Map<String, Integer> own) {
        double prior = overall.getOrDefault(word, 0);
        double all = sum(overall);
        double here = own.getOrDefault(word, 0) + prior;
        double hereAll = sum(own) + all;
        double there = 2 * prior - own.getOrDefault(word, 0);
        double thereAll = 2 * all - sum(own);
        double delta = Math.log(here / (hereAll - here)) - Math.log(there / (thereAll - there));
        return delta / Math.sqrt(1 / here + 1 / there);
    }

    private static double sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
