package dev.sartor.compare.confidence;

import dev.sartor.compare.run.Abstention;
import dev.sartor.compare.run.StoredAnswer;
import java.util.Comparator;
import java.util.List;

/// Chooses on validation when a candidate abstains.
public final class AbstentionChoice {
    /// Nothing is as sure as that.
    private static final double NEVER = 1.1;

    private AbstentionChoice() {}

    /// The lowest confidence at which the share of right answers is as asked for: the most is answered. One without
    /// confidence answers everything.
    ///
    /// @param precision the share that is to be right, 0 to 1
    /// @param answers to the validation examples
    public static Abstention of(double precision, List<StoredAnswer> answers) {
        if (answers.isEmpty() || answers.stream().anyMatch(each -> each.confidence().isEmpty())) {
            double right = answers.stream().mapToDouble(StoredAnswer::score).average().orElse(0);
            return new Abstention(precision, 0, right, 1);
        }
        var surest =
                answers.stream()
                        .sorted(Comparator.comparingDouble(StoredAnswer::sure).reversed())
                        .toList();
        var best = new Abstention(precision, NEVER, 0, 0);
        double right = 0;
        for (int i = 0; i < surest.size(); i++) {
            right += surest.get(i).score();
            int given = i + 1;
            // Answers that are equally sure are all given or none.
            boolean isLast =
                    given == surest.size() || surest.get(given).sure() < surest.get(i).sure();
            if (isLast && right / given >= precision) {
                best =
                        new Abstention(
                                precision,
                                surest.get(i).sure(),
                                right / given,
                                (double) given / surest.size());
            }
        }
        return best;
    }
}
