package dev.sartor.core.text;

import java.util.Locale;

/// Sizes as people read them.
public final class Size {
    private Size() {}

    /// Such as `93.8 MiB`.
    public static String mib(long bytes) {
        return String.format(Locale.ROOT, "%,.1f MiB", bytes / 1048576.0);
    }

    /// Such as `1.2 GiB`.
    public static String gib(long bytes) {
        return String.format(Locale.ROOT, "%,.1f GiB", bytes / 1073741824.0);
    }

    /// Such as `134.5 M`.
    public static String millions(long count) {
        return String.format(Locale.ROOT, "%,.1f M", count / 1e6);
    }
}
