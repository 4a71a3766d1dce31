package dev.sartor.studio.page;

import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.ComparisonJson;
import java.util.Locale;

/// A candidate as the newest comparison measured it.
///
/// @param outcome what the verdict makes of it, in a few words
/// @param why the figures that it goes by
record CandidateRow(
        String name, Bar bar, Figure figures, boolean isChosen, String outcome, String why) {
    /// An interval on the scale from 0 to 1, in a drawing that is 100 wide.
    record Bar(String low, String high, String value) {}

    record Figure(String score, String interval, String cost, String seconds) {}

    static CandidateRow of(ComparisonJson.TaskJson task, ComparisonJson.CandidateJson candidate) {
        boolean isChosen = candidate.name().equals(task.verdict().candidate());
        return new CandidateRow(
                Shown.text(candidate.name()),
                new Bar(
                        hundred(candidate.low()),
                        hundred(candidate.high()),
                        hundred(candidate.score())),
                new Figure(
                        Figures.score(candidate.score()),
                        Figures.score(candidate.low()) + "–" + Figures.score(candidate.high()),
                        Figures.money(candidate.costPerThousand()),
                        Figures.seconds(candidate.secondsPerAnswer())),
                isChosen,
                outcome(task, candidate, isChosen),
                why(task, candidate));
    }

    private static String hundred(double share) {
        return String.format(Locale.ROOT, "%.2f", 100 * share);
    }

    private static String outcome(
            ComparisonJson.TaskJson task,
            ComparisonJson.CandidateJson candidate,
            boolean isChosen) {
        if (isChosen) {
            return task.verdict().kind().equals("ship") ? "ship" : "the best so far";
        }
        return candidate.goodEnough() ? "good enough, dearer" : "not shown to be good enough";
    }

    /// Against the candidate that the verdict names.
    private static String why(
            ComparisonJson.TaskJson task, ComparisonJson.CandidateJson candidate) {
        var other = task.verdict().candidate();
        for (var pair : task.pairs()) {
            boolean isFirst = pair.first().equals(candidate.name()) && pair.second().equals(other);
            boolean isSecond = pair.second().equals(candidate.name()) && pair.first().equals(other);
            if (isFirst || isSecond) {
                double sign = isFirst ? 1 : -1;
                double one = sign * pair.simultaneousLow();
                double another = sign * pair.simultaneousHigh();
                return String.format(
                        Locale.ROOT,
                        "%s points to %s, between %s and %s",
                        Figures.points(0.0 + sign * pair.difference()),
                        Shown.text(other),
                        Figures.points(Math.min(one, another)),
                        Figures.points(Math.max(one, another)));
            }
        }
        return "";
    }
}
