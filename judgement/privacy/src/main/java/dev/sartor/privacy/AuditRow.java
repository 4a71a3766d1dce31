package dev.sartor.privacy;

import dev.sartor.core.Problems;
import java.util.Arrays;

/// A row as a training sees it.
///
/// @param ids its tokens
/// @param start of what is learned, which goes to the end; at least 1
/// @param text the whole row as it stands in its file
public record AuditRow(int[] ids, int start, String text) {
    public AuditRow {
        Problems.refuseUnless(
                start >= 1 && start < ids.length,
                "start",
                "within the row and after its first token",
                start,
                "leave the row out");
    }

    int[] prompt() {
        return Arrays.copyOf(ids, start);
    }

    int[] learned() {
        return Arrays.copyOfRange(ids, start, ids.length);
    }

    /// What is shown of the row to see whether the rest follows: the prompt, or, where all of it was learned, its first half.
    int[] beginning() {
        return Arrays.copyOf(ids, Math.max(start, start == 1 ? ids.length / 2 : 0));
    }
}
