package dev.sartor.compare.run;

import dev.sartor.core.Statement;
import java.util.List;

/// What a check of one stored answer found.
///
/// @param id the example's
/// @param isShown whether the passages stood before the question; otherwise they were looked up for the check only
/// @param statements the answer's sentences that state something
public record CheckedAnswer(String id, boolean isShown, List<Statement> statements) {
    public CheckedAnswer {
        statements = List.copyOf(statements);
    }

    /// The sentences that no passage supports.
    public List<String> unsupported() {
        return statements.stream()
                .filter(each -> !each.isSupported())
                .map(Statement::text)
                .toList();
    }
}
