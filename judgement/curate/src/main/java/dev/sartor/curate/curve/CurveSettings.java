package dev.sartor.curate.curve;

import dev.sartor.core.Problems;

/// How a learning curve is measured.
///
/// @param sizes how many sizes, the last all rows, each half of the next one or nearer; 3 to 8
/// @param draws of each size, 2 to 100; of all rows there is one
/// @param seed of the draws
public record CurveSettings(int sizes, int draws, long seed) {
    public CurveSettings {
        Problems.refuseUnless(sizes >= 3 && sizes <= 8, "sizes", "3 to 8", sizes, "5 is usual");
        Problems.refuseUnless(draws >= 2 && draws <= 100, "draws", "2 to 100", draws, "8 is usual");
    }

    public static CurveSettings usual() {
        return new CurveSettings(5, 8, 1);
    }
}
