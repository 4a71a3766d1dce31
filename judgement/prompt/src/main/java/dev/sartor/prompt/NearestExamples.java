package dev.sartor.prompt;

import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.measure.VectorProducts;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Chooses as {@link ExampleVectors#nearest} says.
record NearestExamples(Embedder embedder, List<Example> examples, List<float[]> vectors, int count)
        implements ExampleSelection {
    @Override
    public List<List<Example>> select(List<Question> questions) {
        var asked = embedder.embed(questions.stream().map(Question::text).toList());
        List<List<Example>> selected = new ArrayList<>(questions.size());
        for (int i = 0; i < questions.size(); i++) {
            selected.add(select(questions.get(i), asked.get(i)));
        }
        return selected;
    }

    private List<Example> select(Question question, float[] vector) {
        var similarity =
                vectors.stream()
                        .mapToDouble(other -> VectorProducts.product(vector, other))
                        .toArray();
        var order =
                IntStream.range(0, examples.size())
                        .filter(i -> !examples.get(i).input().equals(question.messages()))
                        .boxed()
                        .sorted(Comparator.comparingDouble((Integer i) -> -similarity[i]))
                        .toList();
        List<Example> chosen = new ArrayList<>();
        Map<String, Integer> answers = new HashMap<>();
        var left = new ArrayList<>(order);
        while (chosen.size() < count && !left.isEmpty()) {
            var next = examples.get(next(left, similarity, answers));
            answers.merge(next.reference(), 1, Integer::sum);
            chosen.add(next);
        }
        return chosen.reversed();
    }

    /// Takes the first of the most alike ones whose answer has been chosen least.
    private int next(List<Integer> left, double[] similarity, Map<String, Integer> answers) {
        int best = 0;
        for (int i = 1;
                i < left.size() && similarity[left.get(i)] == similarity[left.getFirst()];
                i++) {
            if (chosen(left.get(i), answers) < chosen(left.get(best), answers)) {
                best = i;
            }
        }
        return left.remove(/* index */ best);
    }

    private int chosen(int example, Map<String, Integer> answers) {
        return answers.getOrDefault(examples.get(example).reference(), 0);
    }
}
