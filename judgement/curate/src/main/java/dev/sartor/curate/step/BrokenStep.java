package dev.sartor.curate.step;

import dev.sartor.curate.quality.BrokenText;
import dev.sartor.curate.quality.Finding;
import dev.sartor.curate.quality.TruncatedTexts;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Repairs texts that were misread, and removes those that are empty, cut off, or no language.
final class BrokenStep implements Step {
    @Override
    public StepName name() {
        return StepName.BROKEN;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        return new LinkedHashMap<>();
    }

    /// @param why the row goes; empty where it stays
    private record Looked(Redaction.Redacted repaired, Optional<Finding> why) {}

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var broken = BrokenText.usual();
        var truncated = TruncatedTexts.of(rows.size(), rows::text, work.progress());
        Blocks.inOrder(
                "broken texts",
                rows.references(),
                rows,
                row -> look(rows, row, broken, truncated),
                (row, looked) -> {
                    if (looked.why().isPresent()) {
                        var finding = looked.why().get();
                        var details = new LinkedHashMap<String, Object>();
                        details.put("said", finding.said());
                        decisions.remove(
                                row,
                                "is broken: " + finding.rule().replace('_', ' '),
                                finding.value(),
                                details);
                    } else if (!looked.repaired().changed().isEmpty()) {
                        decisions.change(
                                row,
                                looked.repaired().fields(),
                                looked.repaired().changed(),
                                looked.repaired().kinds());
                    }
                },
                work);
    }

    private static Looked look(
            StepRows rows, int row, BrokenText broken, TruncatedTexts truncated) {
        var repaired =
                Redaction.of(
                        rows,
                        row,
                        (text, kinds) -> {
                            var other = broken.repaired(text);
                            other.ifPresent(_ -> kinds.merge("repaired", 1, Integer::sum));
                            return other.orElse(text);
                        });
        var text = rows.columns().text(repaired.fields());
        var why = broken.findings(text).stream().findFirst().or(() -> truncated.finding(text));
        return new Looked(repaired, why);
    }
}
