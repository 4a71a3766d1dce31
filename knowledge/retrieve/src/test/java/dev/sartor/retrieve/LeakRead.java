package dev.sartor.retrieve;

import dev.sartor.core.Reranker;
import java.util.ArrayList;
import java.util.List;

/// A reranker that keeps all that it is given to read, and likes whatever order their hashes say.
public final class LeakRead implements Reranker {
    public final List<String> texts = new ArrayList<>();

    @Override
    public String name() {
        return "hashes";
    }

    @Override
    public List<Double> scores(String question, List<String> passages) {
        texts.addAll(passages);
        return passages.stream().map(text -> (double) Math.floorMod(text.hashCode(), 97)).toList();
    }

    @Override
    public void close() {}
}
