package dev.sartor.curate.step;

import dev.sartor.curate.duplicate.NearDuplicates;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Removes rows whose text is nearly that of an earlier row.
record NearDuplicatesStep(double threshold) implements Step {
    @Override
    public StepName name() {
        return StepName.NEAR_DUPLICATES;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("threshold", threshold);
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var near = new NearDuplicates(threshold, work.seed());
        for (var found : near.find(rows.size(), rows::text, work.progress()).duplicates()) {
            if (found.row() >= rows.references()) {
                decisions.remove(
                        found.row(),
                        "is nearly the text of another row",
                        found.score(),
                        found.kept());
            }
        }
    }
}
