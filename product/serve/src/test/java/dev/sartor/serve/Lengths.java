package dev.sartor.serve;

import dev.sartor.core.Embedder;
import java.util.List;

/// An embedder whose vectors say how long the text is and how many words it has. Eight words fit.
final class Lengths implements Embedder {
    @Override
    public String name() {
        return "lengths";
    }

    @Override
    public int dimension() {
        return 3;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        return texts.stream()
                .map(text -> new float[] {text.length(), countTokens(text), -0.5f})
                .toList();
    }

    @Override
    public int maxTokens() {
        return 8;
    }

    @Override
    public int countTokens(String text) {
        return text.split(" ").length;
    }

    @Override
    public void close() {}
}
