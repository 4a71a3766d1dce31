package dev.sartor.synthesis.check;

import dev.sartor.core.Embedder;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.data.Folding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// Questions that are there already, told by their words and by meaning.
final class KnownQuestions {
    /// Cosine from which two questions ask nearly the same.
    static final double NEAR = 0.92;

    private final Set<String> texts = new HashSet<>();
    private final List<float[]> vectors = new ArrayList<>();

    static KnownQuestions of(List<String> questions, Embedder embedder) {
        var known = new KnownQuestions();
        var found = questions.isEmpty() ? List.<float[]>of() : embedder.embed(questions);
        for (int i = 0; i < questions.size(); i++) {
            known.add(questions.get(i), found.get(i));
        }
        return known;
    }

    void add(String question, float[] vector) {
        texts.add(Folding.keyOf(question));
        vectors.add(vector);
    }

    /// But for case, space and punctuation.
    boolean has(String question) {
        return texts.contains(Folding.keyOf(question));
    }

    boolean hasNear(String question, float[] vector) {
        return has(question)
                || vectors.stream().anyMatch(each -> VectorProducts.product(each, vector) >= NEAR);
    }
}
