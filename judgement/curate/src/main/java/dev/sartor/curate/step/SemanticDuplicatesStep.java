package dev.sartor.curate.step;

import dev.sartor.curate.duplicate.SemanticDuplicates;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Removes rows whose vector has nearly the direction of an earlier row's.
record SemanticDuplicatesStep(double threshold, String embedder) implements Step {
    @Override
    public StepName name() {
        return StepName.SEMANTIC_DUPLICATES;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("threshold", threshold);
        settings.put("embedder", embedder);
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var vectors = work.vectors().of(rows);
        var semantic = new SemanticDuplicates(threshold);
        for (var found : semantic.find(rows.size(), vectors::get, work.progress())) {
            if (found.row() >= rows.references()) {
                decisions.remove(
                        found.row(),
                        "means nearly what another row does",
                        found.score(),
                        found.kept());
            }
        }
    }
}
