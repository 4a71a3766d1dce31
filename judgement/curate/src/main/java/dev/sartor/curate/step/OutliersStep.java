package dev.sartor.curate.step;

import dev.sartor.curate.quality.Outlier;
import dev.sartor.curate.quality.Outliers;
import dev.sartor.project.curation.StepName;
import java.util.LinkedHashMap;
import java.util.SequencedMap;
import java.util.TreeMap;

/// Removes rows that are unlike all others, by their length and by their vectors.
///
/// @param z how many robust standard deviations a row may lie from the others
record OutliersStep(double z, String embedder) implements Step {
    @Override
    public StepName name() {
        return StepName.OUTLIERS;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("z", z);
        settings.put("embedder", embedder);
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        int first = rows.references();
        var vectors = work.vectors().of(rows);
        var lengths = new long[rows.size() - first];
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = rows.text(first + i).length();
        }
        var found = new TreeMap<Integer, Outlier>();
        Outliers.byVector(
                        vectors.subList(first, vectors.size()),
                        z,
                        Outliers.USUAL_REFERENCES,
                        work.seed(),
                        work.progress())
                .forEach(each -> found.put(each.row(), each));
        Outliers.byLength(lengths, z).forEach(each -> found.put(each.row(), each));
        found.forEach((row, outlier) -> {
            var details = new LinkedHashMap<String, Object>();
            details.put("said", outlier.finding().said());
            decisions.remove(
                    first + row,
                    "is an outlier by " + outlier.finding().rule().replace('_', ' '),
                    outlier.finding().value(),
                    details);
        });
    }
}
