package dev.sartor.evaluate;

import dev.sartor.data.Folding;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Answers and references as classes with numbers. The preferred reference alone counts.
final class Classes {
    /// An answer that is no label. It is wrong, and it is no class of its own.
    private static final int NONE = -1;

    private final Map<String, Integer> numbers = new HashMap<>();
    private final int[] references;
    private final int[] answers;

    /// @param labels every answer is one of them or none; where empty, every distinct (folded) text is a class
    Classes(List<Prediction> predictions, List<String> labels) {
        var match = LabelMatch.among(labels);
        references =
                predictions.stream()
                        .map(Prediction::reference)
                        .map(text -> labels.isEmpty() ? Folding.keyOf(text) : text)
                        .mapToInt(this::number)
                        .toArray();
        answers =
                predictions.stream()
                        .map(Prediction::answer)
                        .map(text ->
                                labels.isEmpty()
                                        ? Optional.of(Folding.keyOf(text))
                                        : match.label(text))
                        .mapToInt(said -> said.map(this::number).orElse(NONE))
                        .toArray();
    }

    /// Mean F1 over the classes that are asked for or answered in the chosen rows; scikit-learn's
    /// `f1_score(average="macro")`, its `labels` being those classes where a list of labels is known.
    double macroF1(int[] rows) {
        int count = numbers.size();
        var right = new int[count];
        var occurrences = new int[count]; // as reference plus as answer
        for (int row : rows) {
            occurrences[references[row]]++;
            if (answers[row] != NONE) {
                occurrences[answers[row]]++;
                right[references[row]] += answers[row] == references[row] ? 1 : 0;
            }
        }
        double sum = 0;
        int met = 0;
        for (int i = 0; i < count; i++) {
            if (occurrences[i] > 0) {
                sum += 2.0 * right[i] / occurrences[i];
                met++;
            }
        }
        return sum / met;
    }

    /// Matthews' correlation for any number of classes (Gorodkin 2004), scikit-learn's `matthews_corrcoef`; 0 where all
    /// references or all answers are of one class. {@link #NONE} counts as one more class.
    double matthews(int[] rows) {
        int count = numbers.size();
        var asReference = new long[count + 1];
        var asAnswer = new long[count + 1];
        long right = 0;
        for (int row : rows) {
            asReference[references[row]]++;
            asAnswer[answers[row] == NONE ? count : answers[row]]++;
            right += answers[row] == references[row] ? 1 : 0;
        }
        long n = rows.length;
        long both = 0;
        long references2 = 0;
        long answers2 = 0;
        for (int i = 0; i <= count; i++) {
            both += asReference[i] * asAnswer[i];
            references2 += asReference[i] * asReference[i];
            answers2 += asAnswer[i] * asAnswer[i];
        }
        double spread =
                Math.sqrt((double) (n * n - references2)) * Math.sqrt((double) (n * n - answers2));
        return spread == 0 ? 0 : (right * n - both) / spread;
    }

    private int number(String name) {
        return numbers.computeIfAbsent(name, unseen -> numbers.size());
    }
}
