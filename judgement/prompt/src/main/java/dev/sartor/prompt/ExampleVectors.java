package dev.sartor.prompt;

import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import java.util.List;

/// Training examples with their vectors, computed once. The embedder is the caller's: it is not closed here.
public final class ExampleVectors {
    private final Embedder embedder;
    private final List<Example> examples;
    private final List<float[]> vectors;

    private ExampleVectors(Embedder embedder, List<Example> examples, List<float[]> vectors) {
        this.embedder = embedder;
        this.examples = examples;
        this.vectors = vectors;
    }

    public static ExampleVectors of(Embedder embedder, List<Example> examples) {
        var texts = examples.stream().map(Example::text).toList();
        return new ExampleVectors(embedder, List.copyOf(examples), embedder.embed(texts));
    }

    /// One of unit length for each example, in their order.
    public List<float[]> vectors() {
        return List.copyOf(vectors);
    }

    /// The examples most like the question (Liu et al. 2022, "What makes good in-context examples for GPT-3?"), the most
    /// alike last, where it weighs most. Of equally alike ones an answer that is not yet there goes first, then the earlier
    /// example. An example that is the question itself is left out: it would give the answer away.
    ///
    /// @param count how many; all there are, where there are fewer
    public ExampleSelection nearest(int count) {
        Problems.refuseUnless(
                count >= 1, "the number of examples", "at least 1", count, "4 suits most tasks");
        return new NearestExamples(embedder, examples, vectors, count);
    }
}
