package dev.sartor.compare;

import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/// Finds the training examples that are most like a question, by the inner product of their vectors.
final class AlikeExamples {
    private final Embedder embedder;
    private final List<Example> examples;
    private final List<float[]> vectors;

    AlikeExamples(Embedder embedder, List<Example> examples) {
        this.embedder = embedder;
        this.examples = List.copyOf(examples);
        this.vectors = embedder.embed(examples.stream().map(Example::text).toList());
    }

    /// For each question, the most alike examples, the most alike last. Of equals the earlier one is taken first.
    List<List<Example>> alike(List<Question> questions, int count) {
        return embedder.embed(questions.stream().map(Question::text).toList()).stream()
                .map(vector -> alike(vector, count))
                .toList();
    }

    private List<Example> alike(float[] vector, int count) {
        var likeness = vectors.stream().mapToDouble(other -> product(vector, other)).toArray();
        return IntStream.range(0, likeness.length)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -likeness[i]))
                .limit(count)
                .map(examples::get)
                .toList()
                .reversed();
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
