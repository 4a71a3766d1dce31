package dev.sartor.core.text;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/// The known name that a mistyped one most likely meant.
public final class Nearest {
    private Nearest() {}

    /// The closest of the known names by edits, case aside; two letters that changed places are one edit (Damerau 1964).
    /// Empty where none is within about a third of the longer name's length, at least one edit.
    public static Optional<String> to(String mistyped, Collection<String> known) {
        var wanted = mistyped.strip().toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(name -> Math.abs(name.length() - wanted.length()) <= allowed(name, wanted))
                .filter(name -> edits(name, wanted) <= allowed(name, wanted))
                .min(Comparator.comparingInt(name -> edits(name, wanted)));
    }

    /// ` Did you mean 'x'?`, or nothing.
    public static String hint(String mistyped, Collection<String> known) {
        return to(mistyped, known).map(name -> " Did you mean '" + name + "'?").orElse("");
    }

    /// ` Did you mean 'x'?`, or the list of what there is.
    public static String advice(String mistyped, Collection<String> known) {
        var hint = hint(mistyped, known);
        return hint.isEmpty() ? " Known: " + String.join(", ", known) + "." : hint;
    }

    private static int allowed(String name, String wanted) {
        return Math.max(1, (Math.max(name.length(), wanted.length()) + 1) / 3);
    }

    private static int edits(String name, String wanted) {
        var lower = name.toLowerCase(Locale.ROOT);
        var rows = new int[lower.length() + 1][wanted.length() + 1];
        for (int i = 0; i <= lower.length(); i++) {
            for (int j = 0; j <= wanted.length(); j++) {
                rows[i][j] = i == 0 || j == 0 ? i + j : edits(lower, wanted, rows, i, j);
            }
        }
        return rows[lower.length()][wanted.length()];
    }

    private static int edits(String a, String b, int[][] rows, int i, int j) {
        boolean same = a.charAt(i - 1) == b.charAt(j - 1);
        int least = rows[i - 1][j - 1] + (same ? 0 : 1);
        least = Math.min(least, Math.min(rows[i - 1][j], rows[i][j - 1]) + 1);
        boolean crossed =
                i > 1
                        && j > 1
                        && a.charAt(i - 1) == b.charAt(j - 2)
                        && a.charAt(i - 2) == b.charAt(j - 1);
        return crossed ? Math.min(least, rows[i - 2][j - 2] + 1) : least;
    }
}
