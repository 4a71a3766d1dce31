package dev.sartor.training;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;

/// Pairs of texts with the same label.
final class LabelPairs {
    private LabelPairs() {}

    /// @param one the place of a text, from 0
    record Pair(int one, int other) {}

    /// Pairs each text with so many others of its label, drawn without repetition, or with all where there are fewer.
    ///
    /// @param labels of each text
    static List<Pair> of(List<Integer> labels, int pairs, long seed) {
        var places = new LinkedHashMap<Integer, List<Integer>>();
        for (int i = 0; i < labels.size(); i++) {
            places.computeIfAbsent(labels.get(i), _ -> new ArrayList<>()).add(i);
        }
        var random = new Random(seed);
        var all = new ArrayList<Pair>();
        for (int i = 0; i < labels.size(); i++) {
            var others = new ArrayList<>(places.getOrDefault(labels.get(i), List.of()));
            others.remove(Integer.valueOf(i));
            Collections.shuffle(others, random);
            for (int other : others.subList(0, Math.min(pairs, others.size()))) {
                all.add(new Pair(i, other));
            }
        }
        return all;
    }
}
