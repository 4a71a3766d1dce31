package dev.sartor.tokenizer.subword;

import java.util.BitSet;
import java.util.Optional;
import java.util.Set;

/// Where a text can be cut so that no merge reaches across: between two characters that no merge brings together. What
/// lies between two cuts is merged alone, to the same tokens, so that a long text takes the time of its short parts.
/// Immutable once built.
final class MergeBoundaries {
    /// Pairs of code points plus one, at their hash; 0 where there is none.
    private final long[] joined;

    /// The code points that have a token; in a row, the others may be one token together.
    private final BitSet known;

    private MergeBoundaries(long[] joined, BitSet known) {
        this.joined = joined;
        this.known = known;
    }

    /// Empty where the merges begin with bytes, which a character does not show.
    static Optional<MergeBoundaries> of(
            Vocabulary vocabulary, MergeTable merges, Set<Integer> bytes) {
        int size = Integer.highestOneBit(Math.max(4, merges.size()) * 2 - 1) * 2;
        var seams = new MergeBoundaries(new long[size], new BitSet());
        boolean[] usable = {true};
        merges.forEach((left, right) -> {
            var before = vocabulary.token(left);
            var after = vocabulary.token(right);
            if (bytes.contains(left)
                    || bytes.contains(right)
                    || before.isEmpty()
                    || after.isEmpty()) {
                usable[0] = false;
                return;
            }
            seams.put(before.codePointBefore(before.length()), after.codePointAt(0));
        });
        for (int id = 0; id < vocabulary.size(); id++) {
            var token = vocabulary.token(id);
            if (!token.isEmpty() && token.length() == Character.charCount(token.codePointAt(0))) {
                seams.known.set(token.codePointAt(0));
            }
        }
        return usable[0] ? Optional.of(seams) : Optional.empty();
    }

    /// Whether the text may be cut between two code points.
    boolean isSeam(int before, int after) {
        long pair = pair(before, after);
        int mask = joined.length - 1;
        for (int place = place(pair); joined[place] != 0; place = (place + 1) & mask) {
            if (joined[place] == pair) {
                return false;
            }
        }
        return known.get(before) || known.get(after);
    }

    private void put(int before, int after) {
        long pair = pair(before, after);
        int place = place(pair);
        while (joined[place] != 0 && joined[place] != pair) {
            place = (place + 1) & (joined.length - 1);
        }
        joined[place] = pair;
    }

    private static long pair(int before, int after) {
        return ((long) before << 32 | after) + 1;
    }

    private int place(long pair) {
        long mixed = pair * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32 ^ mixed >>> 50) & (joined.length - 1);
    }
}
