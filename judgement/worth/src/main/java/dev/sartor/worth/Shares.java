package dev.sartor.worth;

import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.evaluate.statistics.Proportions;

/// Which shares of the questions are answered right, answered wrong, and left to people; they sum to 1.
record Shares(double right, double wrong, double left) {
    static Shares of(Contender contender) {
        double n = contender.outcomes().size();
        return new Shares(
                contender.count(Outcome.RIGHT) / n,
                contender.count(Outcome.WRONG) / n,
                contender.count(Outcome.LEFT) / n);
    }

    /// The share of the given answers that is right: the score of a candidate that answers everything. 0 where none is given.
    double score() {
        return given() == 0 ? 0 : right / given();
    }

    private double given() {
        return right + wrong;
    }

    /// As many are given, and another share of them is right.
    Shares scoring(double score) {
        return new Shares(given() * score, given() * (1 - score), left);
    }

    /// Wilson's 95 % interval of the score; the whole range where no answer is given.
    static Interval interval(Contender contender) {
        int right = contender.count(Outcome.RIGHT);
        int given = right + contender.count(Outcome.WRONG);
        return given == 0 ? new Interval(0, 1) : Proportions.wilson(right, given);
    }
}
