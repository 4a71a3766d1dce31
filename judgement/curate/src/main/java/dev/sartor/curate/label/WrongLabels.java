package dev.sartor.curate.label;

import dev.sartor.classify.LogisticRegression;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Looks for rows whose label is wrong. Two judges that err differently are asked of each: a logistic regression that was learned
/// from other rows, and the vote of the nearest rows. Wrong labels mislead both, so both judge anew without the rows that are
/// the most suspect by what they said together. A third judge that goes by the texts may be asked at last. In the end rows are ranked by the probability of their label, and as many are
/// suspected as are expected to be wrong.
///
/// Rows that are the same to a letter should be one before: a wrong label that stands twice vouches for itself.
public final class WrongLabels {
    private final LabelledVectors rows;
    private final WrongLabelSettings settings;
    private final Progress progress;
    private final Neighbours neighbours;

    private WrongLabels(LabelledVectors rows, WrongLabelSettings settings, Progress progress) {
        this.rows = rows;
        this.settings = settings;
        this.progress = progress;
        this.neighbours =
                Neighbours.of(rows.vectors(), settings.neighbours(), settings.seed(), progress);
    }

    /// Judges all rows but those whose label no other row has.
    ///
    /// @throws SartorException where fewer than two labels have two rows, or fewer rows can be judged than there are folds
    public static LabelFindings find(
            LabelledVectors rows, WrongLabelSettings settings, Progress progress) {
        return find(rows, settings, Optional.empty(), progress);
    }

    /// @param third asked once, beside the two
    public static LabelFindings find(
            LabelledVectors rows,
            WrongLabelSettings settings,
            Optional<HeldOutJudge> third,
            Progress progress) {
        var counts = rows.countByClass();
        var judged = rows.rows(i -> counts[rows.labels()[i]] > 1);
        var labels = Arrays.stream(judged).map(i -> rows.labels()[i]).distinct().sorted().toArray();
        refuseTooFew(judged.length, labels.length, settings);
        var some = rows.only(judged);
        var numbered =
                Arrays.stream(some.labels())
                        .map(label -> Arrays.binarySearch(labels, label))
                        .toArray();
        var found =
                new WrongLabels(
                                new LabelledVectors(some.vectors(), numbered, labels.length),
                                settings,
                                progress)
                        .find(third.map(judge -> only(judge, judged, labels)));
        return whole(rows, judged, labels, found);
    }

    private static void refuseTooFew(int judged, int labels, WrongLabelSettings settings) {
        if (labels < 2) {
            throw SartorException.user(
                    "wrong labels are looked for among two labels or more that two rows or more have, got "
                            + labels
                            + ": leave the step wrong_labels out, or name the column of the labels");
        }
        Problems.refuseUnless(
                judged >= settings.folds(),
                "curate.wrong_labels.folds",
                "at most the number of rows that can be judged, " + judged,
                settings.folds(),
                "give fewer folds, or more rows");
    }

    /// The findings under the rows' and labels' own numbers.
    private static LabelFindings whole(
            LabelledVectors rows, int[] judged, int[] labels, LabelFindings found) {
        var all = new ArrayList<LabelFinding>();
        for (int label : rows.labels()) {
            all.add(new LabelFinding(label, label, 1, false));
        }
        for (int i = 0; i < judged.length; i++) {
            var each = found.rows().get(i);
            all.set(
                    judged[i],
                    new LabelFinding(
                            labels[each.given()],
                            labels[each.likeliest()],
                            each.score(),
                            each.suspected()));
        }
        var leftOut = rows.rows(i -> Arrays.binarySearch(judged, i) < 0);
        return new LabelFindings(
                all,
                found.expectedWrong(),
                found.strength(),
                Arrays.stream(leftOut).boxed().toList());
    }

    /// The judge under the numbers of some rows and labels.
    private static HeldOutJudge only(HeldOutJudge judge, int[] judged, int[] labels) {
        return (rows, folds, learned) -> {
            var theirs = Arrays.stream(rows).map(row -> judged[row]).toArray();
            return Arrays.stream(judge.probabilities(theirs, folds, learned))
                    .map(row -> Arrays.stream(labels).mapToDouble(label -> row[label]).toArray())
                    .toArray(double[][]::new);
        };
    }

    private LabelFindings find(Optional<HeldOutJudge> third) {
        double strength = Strength.chosen(rows, settings.folds(), settings.seed());
        var opinion = opinion(strength, _ -> true, 0);
        for (int round = 1; round <= settings.rounds(); round++) {
            double share = (round + 1.0) / (settings.rounds() + 2);
            var trusted = trusted(suspected(opinion, share));
            var known = rows.only(rows.rows(i -> trusted[i]));
            strength = Strength.chosen(known, settings.folds(), settings.seed());
            opinion = opinion(strength, i -> trusted[i], round);
        }
        if (third.isPresent()) {
            opinion = pooled(opinion, third.get());
        }
        return findings(opinion, strength);
    }

    /// With what the third judge says, who learned from the rows that the others trust. How much each counts is fitted to all rows: the
    /// others look surer than they are on rows that they chose.
    private double[][] pooled(double[][] opinion, HeldOutJudge third) {
        var trusted = trusted(suspected(opinion, 1));
        var folds = Folds.stratified(rows.labels(), settings.folds(), settings.seed());
        var all = IntStream.range(0, rows.count()).toArray();
        var said = third.probabilities(all, folds, trusted);
        return LogLinearPool.fit(opinion, said, rows.labels(), _ -> true).of(opinion, said);
    }

    /// What both judges say together, where only some rows are learned from and may vote.
    private double[][] opinion(double strength, IntPredicate trusted, int round) {
        var mean = new double[rows.count()][rows.classes()];
        for (int i = 0; i < settings.repeats(); i++) {
            long seed = settings.seed() + (long) round * settings.repeats() + i;
            var held = OutOfFold.of(rows, settings.folds(), seed, strength, trusted, progress);
            addTo(mean, held.probabilities());
        }
        if (settings.neighbours() == 0) {
            return mean;
        }
        var votes = NeighbourVotes.of(rows, neighbours, trusted);
        return LogLinearPool.fit(mean, votes, rows.labels(), trusted).of(mean, votes);
    }

    private void addTo(double[][] mean, double[][] probabilities) {
        for (int i = 0; i < mean.length; i++) {
            for (int c = 0; c < mean[i].length; c++) {
                mean[i][c] += probabilities[i][c] / settings.repeats();
            }
        }
    }

    /// All but the suspected rows. A label of which fewer than two would be left keeps all of its rows: it would be forgotten.
    private boolean[] trusted(boolean[] suspected) {
        var left = new int[rows.classes()];
        for (int i = 0; i < suspected.length; i++) {
            left[rows.labels()[i]] += suspected[i] ? 0 : 1;
        }
        var trusted = new boolean[suspected.length];
        for (int i = 0; i < suspected.length; i++) {
            trusted[i] = !suspected[i] || left[rows.labels()[i]] < 2;
        }
        return trusted;
    }

    /// The rows with the lowest scores, as many as that share of the labels that are expected to be wrong, where another label is
    /// likelier.
    private boolean[] suspected(double[][] opinion, double share) {
        var labels = rows.labels();
        var scores = LabelScore.SELF_CONFIDENCE.of(labels, opinion);
        var suspected = new boolean[labels.length];
        IntStream.range(0, labels.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .limit(Math.round(share * ExpectedWrong.of(labels, opinion)))
                .filter(i -> LogisticRegression.likeliest(opinion[i]) != labels[i])
                .forEach(i -> suspected[i] = true);
        return suspected;
    }

    private LabelFindings findings(double[][] opinion, double strength) {
        var labels = rows.labels();
        var scores = LabelScore.SELF_CONFIDENCE.of(labels, opinion);
        var suspected = suspected(opinion, 1);
        var found =
                IntStream.range(0, labels.length)
                        .mapToObj(i ->
                                new LabelFinding(
                                        labels[i],
                                        LogisticRegression.likeliest(opinion[i]),
                                        scores[i],
                                        suspected[i]))
                        .toList();
        return new LabelFindings(found, ExpectedWrong.of(labels, opinion), strength, List.of());
    }
}
