package dev.sartor.compare.run;

import com.fasterxml.jackson.annotation.JsonIgnore;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.judge.Agreement;
import dev.sartor.judge.Floors;
import dev.sartor.judge.JudgedScores;
import dev.sartor.judge.PairVerdict;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/// What a judge says of one candidate's answers to the test examples, each compared with its reference, as it lies beside them in
/// `judged.json`; with how far the judge agrees with people, which its errors are reckoned by.
///
/// @param rows in the order of the answers; none where the judge is refused
public record Judged(By by, List<Row> rows) {
    private static final String FILE = "judged.json";

    public Judged {
        rows = List.copyOf(rows);
    }

    /// The judge, measured.
    ///
    /// @param name of its model, as the project file has it
    /// @param digest of its rubric and its model
    /// @param refusals why it may not measure, a sentence each; none where it may
    public record By(
            String name, String digest, Floors floors, Agreement agreement, List<String> refusals) {
        public By {
            refusals = List.copyOf(refusals);
        }

        public static By of(String name, String digest, Floors floors, Agreement agreement) {
            return new By(name, digest, floors, agreement, floors.refusals(agreement));
        }

        @JsonIgnore
        public boolean isRefused() {
            return !refusals.isEmpty();
        }

        @JsonIgnore
        public JudgedScores scores() {
            return new JudgedScores(agreement.correction());
        }

        /// For people, in a sentence or two.
        @JsonIgnore
        public String said() {
            var figures =
                    String.format(
                            Locale.ROOT,
                            "κ with people %s [%s, %s] on %d pairs, position bias %+.2f [%+.2f, %+.2f], the same in both orders in"
                                    + " %s",
                            Figures.score(agreement.kappa()),
                            Figures.score(agreement.kappaInterval().low()),
                            Figures.score(agreement.kappaInterval().high()),
                            agreement.pairs(),
                            agreement.positionBias(),
                            agreement.biasInterval().low(),
                            agreement.biasInterval().high(),
                            Figures.percent(agreement.steadiness()));
            return isRefused()
                    ? "The judge "
                            + name
                            + " is refused ("
                            + figures
                            + "). "
                            + String.join(" ", refusals)
                    : "The judge "
                            + name
                            + " ("
                            + figures
                            + ") compared each answer with its reference: 1 for better, 0.5 for a"
                            + " tie, 0 for worse. Scores and intervals are corrected for its errors. Validation chose by token_f1.";
        }
    }

    /// @param verdict the answer first, its reference second
    public record Row(String id, PairVerdict verdict) {}

    /// @param folder the run's
    public static Optional<Judged> read(Path folder) {
        var file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(RunJson.read(file, Judged.class))
                : Optional.empty();
    }

    public void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), RunJson.pretty(this));
    }

    /// The answers with the judge's scores in the place of their own.
    public List<StoredAnswer> scored(List<StoredAnswer> answers) {
        if (by.isRefused()) {
            return answers;
        }
        var scores = scores();
        if (scores.length != answers.size()) {
            throw SartorException.user(
                    scores.length
                            + " answers are judged and "
                            + answers.size()
                            + " are stored: run `sartor compare`, which judges the rest.");
        }
        return IntStream.range(0, scores.length)
                .mapToObj(i -> answers.get(i).withAnswer(answers.get(i).answer(), scores[i]))
                .toList();
    }

    /// One for each answer.
    @JsonIgnore
    public double[] scores() {
        return rows.stream().mapToDouble(each -> each.verdict().score()).toArray();
    }

    /// Of what was measured by one judge; empty where a formula measured.
    ///
    /// @throws SartorException a user's error where some were not judged, or by another judge
    public static Optional<JudgedScores> of(List<Optional<Judged>> all) {
        var known = all.stream().flatMap(Optional::stream).map(Judged::by).toList();
        if (known.stream().allMatch(By::isRefused)) {
            return Optional.empty();
        }
        var digests =
                known.stream().map(each -> each.digest() + each.agreement()).distinct().toList();
        if (known.size() < all.size() || digests.size() > 1) {
            throw SartorException.user(
                    "not all of these answers were judged, or not by the same judge: run `sartor compare`, which judges the rest.");
        }
        return Optional.of(known.getFirst().scores());
    }
}
