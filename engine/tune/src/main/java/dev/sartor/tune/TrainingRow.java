package dev.sartor.tune;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;

/// One text to learn from.
///
/// @param ids its tokens, at least two
/// @param learned places of the tokens whose prediction is learned, at least one, each from 1 on
public record TrainingRow(int[] ids, BitSet learned) {
    public TrainingRow {
        if (learned.isEmpty() || learned.get(0) || learned.length() > ids.length) {
            throw new IllegalArgumentException(
                    "what is learned must lie behind the first of "
                            + ids.length
                            + " tokens, got "
                            + learned);
        }
        learned = (BitSet) learned.clone();
    }

    /// A prompt, and what is to be said after it.
    ///
    /// @param answerStart where the answer begins; from there on every token is learned
    public static TrainingRow answer(int[] ids, int answerStart) {
        var learned = new BitSet(ids.length);
        learned.set(answerStart, Math.max(answerStart, ids.length));
        return new TrainingRow(ids, learned);
    }

    /// A text that is learned from its second token on.
    public static TrainingRow text(int[] ids) {
        return answer(ids, 1);
    }

    /// All that it consists of, for a digest.
    public String content() {
        return Arrays.toString(ids) + learned;
    }

    /// The row in parts of at most so many tokens, cut from its end on; what is learned is learned in one of them. A part's
    /// first token is the last of the part before, so that it can be learned there.
    ///
    /// @param most at least 2
    List<TrainingRow> parts(int most) {
        var parts = new ArrayList<TrainingRow>();
        for (int end = ids.length; end > 1; end -= most - 1) {
            int start = Math.max(0, end - most);
            var part = learned.get(start, end);
            part.clear(0);
            if (!part.isEmpty()) {
                parts.addFirst(new TrainingRow(Arrays.copyOfRange(ids, start, end), part));
            }
        }
        return parts;
    }

    /// How many tokens are learned.
    public int targets() {
        return learned.cardinality();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TrainingRow(var otherIds, var otherLearned)
                && Arrays.equals(ids, otherIds)
                && learned.equals(otherLearned);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(ids), learned);
    }
}
