package dev.sartor.curate.step;

import dev.sartor.curate.duplicate.ExactDuplicates;
import dev.sartor.curate.similarity.MatchKind;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Removes rows whose text an earlier row has, but for case, space and punctuation.
final class ExactDuplicatesStep implements Step {
    @Override
    public StepName name() {
        return StepName.EXACT_DUPLICATES;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        return new LinkedHashMap<>();
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        for (var found : ExactDuplicates.find(rows.size(), rows::text, true, work.progress())) {
            if (found.row() >= rows.references()) {
                decisions.remove(
                        found.row(),
                        found.kind() == MatchKind.EXACT
                                ? "has the text of another row"
                                : "has the text of another row but for case, space and punctuation",
                        found.score(),
                        found.kept());
            }
        }
    }
}
