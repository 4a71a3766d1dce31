package dev.sartor.retrieve;

import dev.sartor.core.Reranker;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// A reranker for tests, which likes what a search does not, and remembers what it was given to read.
public final class Contrary implements Reranker {
    public final List<String> read = new ArrayList<>();

    @Override
    public String name() {
        return "contrary";
    }

    /// The share of a text's words that do not stand in the question.
    @Override
    public List<Double> scores(String question, List<String> passages) {
        read.addAll(passages);
        var asked = Set.of(question.toLowerCase(Locale.ROOT).split("\\W+", -1));
        return passages.stream().map(text -> share(text, asked)).toList();
    }

    private static double share(String text, Set<String> asked) {
        var words = List.of(text.toLowerCase(Locale.ROOT).split("\\W+", -1));
        return (double) words.stream().filter(each -> !asked.contains(each)).count() / words.size();
    }

    @Override
    public void close() {}
}
