package dev.sartor.serve;

import dev.sartor.core.Embedder;
import java.util.List;

/// An embedder that ends only when it is interrupted.
final class SlowVectors implements Embedder {
    @Override
    public String name() {
        return "slow";
    }

    @Override
    public int dimension() {
        return 1;
    }

    @Override
    public List<float[]> embed(List<String> texts) {
        try {
            Thread.sleep(60_000);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        return texts.stream().map(text -> new float[] {1}).toList();
    }

    @Override
    public int maxTokens() {
        return 8;
    }

    @Override
    public int countTokens(String text) {
        return 1;
    }

    @Override
    public void close() {}
}
