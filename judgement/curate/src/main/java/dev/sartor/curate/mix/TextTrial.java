package dev.sartor.curate.mix;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/// Texts without labels: a language model of pairs of words, smoothed as Witten and Bell do (1991; Chen and Goodman 1998,
/// section 2.4), over the words of all sets and rows. A row's loss is the mean of the negative logarithms of its words'
/// probabilities, in nats; its score is the negative loss. What a set brings to such a model is what of the task's words and phrases
/// it has: not what a language model of any size would learn of it.
public final class TextTrial implements MixtureTrial {
    private static final int START = 0;

    private final List<int[][]> sets;
    private final int[][] validation;
    private final int[][] tests;
    private final int rows;
    private final int words;

    /// @param sets the texts of each set
    /// @param rows of each training
    public TextTrial(
            List<List<String>> sets, List<String> validation, List<String> tests, int rows) {
        var vocabulary = new HashMap<String, Integer>();
        vocabulary.put("", START);
        this.sets = sets.stream().map(set -> numbered(set, vocabulary)).toList();
        this.validation = numbered(validation, vocabulary);
        this.tests = numbered(tests, vocabulary);
        this.rows = rows;
        this.words = vocabulary.size();
    }

    private static int[][] numbered(List<String> texts, Map<String, Integer> vocabulary) {
        return texts.stream().map(text -> numbered(text, vocabulary)).toArray(int[][]::new);
    }

    /// Runs of letters and digits, and every other mark by itself.
    private static int[] numbered(String text, Map<String, Integer> vocabulary) {
        var lower = text.toLowerCase(Locale.ROOT);
        var numbers = new int[lower.length() + 1];
        int count = 0;
        int at = 0;
        while (at < lower.length()) {
            int end = at;
            while (end < lower.length() && Character.isLetterOrDigit(lower.charAt(end))) {
                end++;
            }
            end = Math.max(end, at + 1);
            if (!Character.isWhitespace(lower.charAt(at))) {
                numbers[count++] =
                        vocabulary.computeIfAbsent(
                                lower.substring(at, end), _ -> vocabulary.size());
            }
            at = end;
        }
        return Arrays.copyOf(numbers, count);
    }

    @Override
    public int sets() {
        return sets.size();
    }

    @Override
    public double loss(double[] shares, Random random) {
        return -Arrays.stream(scores(shares, random, validation)).average().orElse(0);
    }

    @Override
    public double[] scores(double[] shares, Random random) {
        return scores(shares, random, tests);
    }

    private double[] scores(double[] shares, Random random, int[][] of) {
        var model = new WordPairs(words);
        for (int i = 0; i < shares.length; i++) {
            var set = sets.get(i);
            for (int row : Draw.of(set.length, (int) Math.round(shares[i] * rows), random)) {
                model.learn(set[row], START);
            }
        }
        return IntStream.range(0, of.length)
                .parallel()
                .mapToDouble(i -> model.score(of[i], START))
                .toArray();
    }
}
