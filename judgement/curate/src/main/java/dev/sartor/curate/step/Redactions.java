package dev.sartor.curate.step;

/// Goes through all rows for what must not stand in them.
final class Redactions {
    private Redactions() {}

    /// Rows with a finding are changed.
    static void replace(
            String what, StepRows rows, Decisions decisions, StepWork work, Redaction.Texts texts) {
        Blocks.inOrder(
                what,
                rows.references(),
                rows,
                row -> Redaction.of(rows, row, texts),
                (row, found) -> {
                    if (!found.changed().isEmpty()) {
                        decisions.change(row, found.fields(), found.changed(), found.kinds());
                    }
                },
                work);
    }

    /// Rows with a finding are removed; the score is how many there are.
    static void remove(
            String what, StepRows rows, Decisions decisions, StepWork work, Redaction.Texts texts) {
        Blocks.inOrder(
                what,
                rows.references(),
                rows,
                row -> Redaction.of(rows, row, texts).kinds(),
                (row, kinds) -> {
                    if (!kinds.isEmpty()) {
                        decisions.remove(
                                row,
                                "holds " + what + ": " + String.join(", ", kinds.keySet()),
                                kinds.values().stream().mapToInt(Integer::intValue).sum());
                    }
                },
                work);
    }
}
