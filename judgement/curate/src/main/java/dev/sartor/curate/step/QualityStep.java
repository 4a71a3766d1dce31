package dev.sartor.curate.step;

import dev.sartor.curate.quality.QualityProfile;
import dev.sartor.curate.quality.TextQuality;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Removes rows whose text goes past a limit of the profile.
record QualityStep(QualityProfile profile) implements Step {
    @Override
    public StepName name() {
        return StepName.QUALITY;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("profile", profile.name());
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var quality = new TextQuality(profile);
        Blocks.inOrder(
                "quality",
                rows.references(),
                rows,
                row -> quality.findings(rows.text(row), Optional.empty()),
                (row, findings) -> {
                    if (!findings.isEmpty()) {
                        var first = findings.getFirst();
                        var details = new LinkedHashMap<String, Object>();
                        details.put("said", first.said());
                        decisions.remove(
                                row,
                                "goes past the limit of " + first.rule(),
                                first.value(),
                                details);
                    }
                },
                work);
    }
}
