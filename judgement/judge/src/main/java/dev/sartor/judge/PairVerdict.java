package dev.sartor.judge;

import dev.sartor.data.Judgement.Preferred;

/// What a judge says of a pair, asked in both orders. Both verdicts are in the pair's own terms: FIRST means that the pair's first
/// answer is the better, whichever was shown first.
///
/// @param inOrder where the first answer was shown first
/// @param swapped where the second answer was shown first
/// @param unreadable how many of the two replies named none of the choices, and count as ties
public record PairVerdict(Preferred inOrder, Preferred swapped, int unreadable) {
    /// Of two answers that are the same text.
    static final PairVerdict SAME = new PairVerdict(Preferred.TIE, Preferred.TIE, 0);

    /// The mean of both orders: 1 where the first is the better, 0.5 for a tie, 0 where the second is.
    public double score() {
        return 0.5 + sign() / 2;
    }

    /// The same from −1 to 1.
    double sign() {
        return (inOrder.sign() + swapped.sign()) / 2.0;
    }

    /// What both orders say together; contrary verdicts are a tie.
    public Preferred preferred() {
        return Preferred.of(sign());
    }

    /// Whether both orders say the same.
    boolean isSteady() {
        return inOrder == swapped;
    }

    /// How much more often the answer that was shown first won than the other: −1, −0.5, 0, 0.5 or 1.
    double towardsFirstShown() {
        return (inOrder.sign() - swapped.sign()) / 2.0;
    }
}
