package dev.sartor.synthesis.check;

import dev.sartor.evaluate.Metric;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// How near what a question names stands to its answer in the passage, beside what else could be the answer there.
///
/// @param near the weight of the question's terms, each less the farther it stands from the answer, by the weight of all; 0 to 1
/// @param lessOther the same less that of the best other word of the answer's kind (a number, a name, any)
/// @param better the share of these other words that are nearer
record Proximity(double near, double lessOther, double better) {
    /// Of an answer that does not stand in the passage.
    static final Proximity NONE = new Proximity(0, -1, 1);

    /// After so many words a term counts e times less.
    private static final double DECAY = 8;

    private enum Kind {
        NUMBER,
        NAME,
        OTHER
    }

    /// Where the question's terms stand.
    ///
    /// @param places of each term, as numbers of the passage's words
    record Terms(Map<String, List<Integer>> places, ToDoubleFunction<String> weight, double whole) {
        double near(int first, int last) {
            double sum = 0;
            for (var each : places.entrySet()) {
                int nearest = Integer.MAX_VALUE;
                for (int place : each.getValue()) {
                    int distance = place < first ? first - place : Math.max(0, place - last);
                    nearest = Math.min(nearest, distance);
                }
                sum += weight.applyAsDouble(each.getKey()) * Math.exp(-nearest / DECAY);
            }
            return sum / whole;
        }
    }

    /// @param answers at which words the answer begins, each time
    /// @param length of the answer, in words
    static Proximity of(
            String text, WrittenWords words, List<Integer> answers, int length, Terms terms) {
        double near = 0;
        int best = answers.getFirst();
        for (int first : answers) {
            double here = terms.near(first, first + length - 1);
            if (here > near) {
                near = here;
                best = first;
            }
        }
        var kind = kind(text, words, best);
        double other = 0;
        int others = 0;
        int better = 0;
        var known = new BitSet();
        answers.forEach(first -> known.set(first, first + length));
        for (int i = 0; i < words.size(); i++) {
            if (known.get(i) || kind(text, words, i) != kind) {
                continue;
            }
            double there = terms.near(i, i);
            other = Math.max(other, there);
            others++;
            better += there > near ? 1 : 0;
        }
        return new Proximity(near, near - other, others == 0 ? 0 : (double) better / others);
    }

    private static Kind kind(String text, WrittenWords words, int at) {
        var word = words.words().get(at);
        if (Character.isDigit(word.text().charAt(0)) || Metric.statesAValue(word.text())) {
            return Kind.NUMBER;
        }
        boolean isFirst =
                at == 0
                        || text.substring(words.words().get(at - 1).end(), word.start())
                                .matches("(?s).*[.!?:\\n].*");
        return Character.isUpperCase(text.charAt(word.start())) && !isFirst
                ? Kind.NAME
                : Kind.OTHER;
    }
}
