package dev.sartor.curate.split;

import dev.sartor.core.Split;
import java.util.Locale;

/// A label whose share in a split is further from its share of all rows than {@value RowSplits#POINTS} points, and by a row or
/// more.
///
/// @param share of the split's rows, 0 to 1
/// @param whole share of all rows, 0 to 1
public record LabelGap(String label, Split split, double share, double whole) {
    /// In percentage points; negative where the split has too few.
    public double points() {
        return 100 * (share - whole);
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "label '%s' is %.1f %% of %s and %.1f %% of all rows",
                label,
                100 * share,
                Sides.name(split),
                100 * whole);
    }
}
