package dev.sartor.synthesis.check;

import dev.sartor.core.Embedder;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.WordForms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// All passages of the documents: what each says, by words and by meaning, which tells whether another says it, too. In memory.
public final class Passages {
    private static final int BATCH = 256;

    private final List<Chunk> chunks;
    private final List<Analysis> languages = new ArrayList<>();
    private final List<Set<String>> terms = new ArrayList<>();
    private final Map<String, List<Integer>> holders = new HashMap<>();
    private final List<float[]> vectors = new ArrayList<>();

    private Passages(List<Chunk> chunks) {
        this.chunks = List.copyOf(chunks);
    }

    /// @param chunks of all documents
    public static Passages of(
            List<Chunk> chunks, WordForms forms, Embedder embedder, Progress progress) {
        var passages = new Passages(chunks);
        try (var step = progress.begin("reading passages", chunks.size(), "passages")) {
            for (int from = 0; from < chunks.size(); from += BATCH) {
                var batch = chunks.subList(from, Math.min(chunks.size(), from + BATCH));
                batch.forEach(each -> passages.add(each, forms));
                passages.vectors.addAll(
                        embedder.embed(batch.stream().map(Chunk::indexed).toList()));
                step.advance(batch.size());
            }
        }
        return passages;
    }

    private void add(Chunk chunk, WordForms forms) {
        int number = languages.size();
        var language = forms.language(chunk.text());
        var own = new HashSet<String>();
        forms.words(chunk.indexed(), language).forEach(word -> own.add(word.form()));
        own.forEach(term -> holders.computeIfAbsent(term, _ -> new ArrayList<>()).add(number));
        languages.add(language);
        terms.add(own);
    }

    public int size() {
        return chunks.size();
    }

    public Chunk chunk(int passage) {
        return chunks.get(passage);
    }

    Analysis language(int passage) {
        return languages.get(passage);
    }

    float[] vector(int passage) {
        return vectors.get(passage);
    }

    boolean has(int passage, String term) {
        return terms.get(passage).contains(term);
    }

    boolean isKnown(String term) {
        return holders.containsKey(term);
    }

    /// How much a term tells: ln(1 + passages ÷ (0.5 + those with it)).
    double weight(String term) {
        return Math.log(1 + size() / (0.5 + holders.getOrDefault(term, List.of()).size()));
    }

    /// The nearest passages by meaning, nearest first.
    public List<Integer> nearest(float[] question, int count) {
        var near = new double[size()];
        for (int i = 0; i < near.length; i++) {
            near[i] = VectorProducts.product(question, vector(i));
        }
        return IntStream.range(0, size())
                .boxed()
                .sorted((a, b) -> Double.compare(near[b], near[a]))
                .limit(count)
                .toList();
    }

    /// The sum of the weights of these terms that a passage has, for every passage.
    double[] covered(Set<String> wanted) {
        var covered = new double[size()];
        for (var term : wanted) {
            double weight = weight(term);
            for (int passage : holders.getOrDefault(term, List.of())) {
                covered[passage] += weight;
            }
        }
        return covered;
    }
}
