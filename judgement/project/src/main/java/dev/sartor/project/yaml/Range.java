package dev.sartor.project.yaml;

/// A setting's bounds in words.
public final class Range {
    private Range() {}

    /// Such as `1 to 2048`, `at least 1`, `more than 0` or `more than 0, at most 1`; empty without bounds.
    public static String of(Setting setting) {
        var hasLeast = setting.least() != Double.NEGATIVE_INFINITY;
        var hasMost = setting.most() != Double.POSITIVE_INFINITY;
        var least = plain(setting.least());
        var most = plain(setting.most());
        if (hasLeast && hasMost) {
            return setting.above()
                    ? "more than " + least + ", at most " + most
                    : least + " to " + most;
        }
        if (hasLeast) {
            return (setting.above() ? "more than " : "at least ") + least;
        }
        return hasMost ? "at most " + most : "";
    }

    private static String plain(double bound) {
        return bound == Math.rint(bound) && Math.abs(bound) < 1e15
                ? Long.toString((long) bound)
                : Double.toString(bound);
    }
}
