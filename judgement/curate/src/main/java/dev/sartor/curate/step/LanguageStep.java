package dev.sartor.curate.step;

import dev.sartor.curate.quality.LanguageIdentifier;
import dev.sartor.curate.quality.Languages;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/// Removes rows in other languages than those to keep. A row whose language cannot be told stays.
///
/// @param keep languages by ISO 639-1
record LanguageStep(List<String> keep, LanguageIdentifier identifier) implements Step {
    @Override
    public StepName name() {
        return StepName.LANGUAGE;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("keep", keep);
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var languages = new Languages(identifier, keep, true);
        var unknown = new int[1];
        Blocks.inOrder(
                "languages",
                rows.references(),
                rows,
                row -> languages.of(rows.text(row)),
                (Integer row, Optional<String> language) -> {
                    unknown[0] += language.isEmpty() ? 1 : 0;
                    languages
                            .finding(language)
                            .ifPresent(finding ->
                                    decisions.remove(
                                            row,
                                            "is in " + language.orElse("another language"),
                                            1));
                },
                work);
        if (unknown[0] > 0) {
            decisions.note(
                    unknown[0] + " rows are in a language that nobody is sure of, and stay.");
        }
    }
}
