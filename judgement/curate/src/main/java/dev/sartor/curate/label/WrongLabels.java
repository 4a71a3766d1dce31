package dev.sartor.curate.label;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;

/// Looks for rows whose label is wrong. Two judges that err differently are asked of each: a logistic regression that was learned
/// from other rows, and the vote of the nearest rows. Wrong labels mislead both, so both judge anew, twice, without the rows that
/// confident learning (Northcutt, Jiang and Chuang 2021) suspects by what they said together. In the end rows are ranked by the
/// probability of their label, and as many are suspected as are expected to be wrong.
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
                        .find();
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
                "wrong_labels.folds",
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

    private LabelFindings find() {
        var first = OutOfFold.of(rows, settings.folds(), settings.seed(), progress);
        var judges = judges(first.probabilities(), _ -> true);
        for (int round = 1; round <= settings.rounds(); round++) {
            var trusted = trusted(Pruning.OFF_DIAGONAL.suspected(rows.labels(), judges.mean()));
            var anew =
                    OutOfFold.of(
                            rows,
                            settings.folds(),
                            settings.seed() + round,
                            first.strength(),
                            i -> trusted[i],
                            progress);
            judges = judges(anew.probabilities(), i -> trusted[i]);
        }
        return findings(judges, first.strength());
    }

    private TwoJudges judges(double[][] probabilities, IntPredicate voters) {
        return TwoJudges.of(
                probabilities,
                settings.neighbours() == 0
                        ? new double[0][]
                        : NeighbourVotes.of(rows, neighbours, voters));
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

    private LabelFindings findings(TwoJudges judges, double strength) {
        var labels = rows.labels();
        var right = LabelNoise.rightness(labels, judges.geometric());
        int expected = (int) Math.rint(labels.length - Arrays.stream(right).sum());
        var scores = LabelScore.SELF_CONFIDENCE.of(labels, judges.mean());
        var suspected = lowest(scores, expected);
        var found = new ArrayList<LabelFinding>();
        for (int i = 0; i < labels.length; i++) {
            int likeliest = ConfidentJoint.likeliest(judges.mean()[i]);
            found.add(
                    new LabelFinding(
                            labels[i],
                            likeliest,
                            scores[i],
                            suspected[i] && likeliest != labels[i]));
        }
        return new LabelFindings(found, expected, strength, List.of());
    }

    /// As many rows as are expected to be wrong.
    private static boolean[] lowest(double[] scores, int count) {
        var lowest = new boolean[scores.length];
        IntStream.range(0, scores.length)
                .boxed()
                .sorted(Comparator.comparingDouble(i -> scores[i]))
                .limit(count)
                .forEach(i -> lowest[i] = true);
        return lowest;
    }
}
