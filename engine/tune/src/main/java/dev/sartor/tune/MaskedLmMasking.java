package dev.sartor.tune;

import java.util.BitSet;
import java.util.Set;
import java.util.random.RandomGenerator;

/// Which words of a text are hidden: 15 in 100, of which 8 in 10 become the mask, 1 in 10 another word, 1 in 10 stay as
/// they are (Devlin et al. 2018, section 3.1).
///
/// @param mask the token that hides
/// @param vocabulary tokens from 0 on that a word can become
/// @param special tokens that are never hidden
public record MaskedLmMasking(int mask, int vocabulary, Set<Integer> special) {
    private static final double HIDDEN = 0.15;

    public MaskedLmMasking {
        special = Set.copyOf(special);
    }

    public MaskedRow drawn(MaskedRow row, RandomGenerator random) {
        var seen = row.ids().clone();
        var learned = new BitSet(seen.length);
        for (int i = 0; i < seen.length; i++) {
            if (!special.contains(seen[i]) && random.nextDouble() < HIDDEN) {
                learned.set(i);
                double kind = random.nextDouble();
                if (kind < 0.8) {
                    seen[i] = mask;
                } else if (kind < 0.9) {
                    seen[i] = random.nextInt(vocabulary);
                }
            }
        }
        return new MaskedRow(row.ids(), seen, learned);
    }
}
