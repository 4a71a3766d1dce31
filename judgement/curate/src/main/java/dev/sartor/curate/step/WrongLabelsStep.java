package dev.sartor.curate.step;

import dev.sartor.core.SartorException;
import dev.sartor.curate.label.HeldOutJudge;
import dev.sartor.curate.label.LabelledVectors;
import dev.sartor.curate.label.TunedFolds;
import dev.sartor.curate.label.WrongLabelSettings;
import dev.sartor.curate.label.WrongLabels;
import dev.sartor.project.curation.StepName;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;

/// Removes rows whose label is most likely wrong. Rows without a label stay.
///
/// @param tuned the name of the model that is fine-tuned to judge; empty where vectors alone judge
record WrongLabelsStep(int folds, String embedder, Optional<String> tuned) implements Step {
    @Override
    public StepName name() {
        return StepName.WRONG_LABELS;
    }

    @Override
    public SequencedMap<String, Object> settings() {
        var settings = new LinkedHashMap<String, Object>();
        settings.put("folds", folds);
        settings.put("embedder", embedder);
        tuned.ifPresent(each -> settings.put("tuned", each));
        return settings;
    }

    @Override
    public void run(StepRows rows, Decisions decisions, StepWork work) {
        var labelled = new ArrayList<Integer>();
        var names = new ArrayList<String>();
        var numbers = new LinkedHashMap<String, Integer>();
        for (int row = rows.references(); row < rows.size(); row++) {
            var label = rows.label(row);
            if (label.isPresent()) {
                labelled.add(row);
                names.add(label.get());
                numbers.putIfAbsent(label.get(), numbers.size());
            }
        }
        if (numbers.size() < 2) {
            throw SartorException.user(
                    "wrong_labels needs rows with at least two labels, got "
                            + numbers.size()
                            + ": name the label's field with --label-column, or leave the step out.");
        }
        var all = work.vectors().of(rows);
        var vectors = new ArrayList<float[]>();
        labelled.forEach(row -> vectors.add(all.get(row)));
        var labels = names.stream().mapToInt(numbers::get).toArray();
        var byNumber = List.copyOf(numbers.keySet());
        var usual = WrongLabelSettings.usual();
        var settings =
                new WrongLabelSettings(
                        folds, usual.repeats(), usual.rounds(), usual.neighbours(), work.seed());
        var found =
                WrongLabels.find(
                        new LabelledVectors(vectors, labels, numbers.size()),
                        settings,
                        tuned.map(_ -> tuned(rows, labelled, names, byNumber, work)),
                        work.progress());
        for (int i = 0; i < labelled.size(); i++) {
            var finding = found.rows().get(i);
            if (finding.suspected()) {
                var details = new LinkedHashMap<String, Object>();
                details.put("given", byNumber.get(finding.given()));
                details.put("likeliest", byNumber.get(finding.likeliest()));
                decisions.remove(
                        labelled.get(i),
                        "has a label that is most likely wrong",
                        finding.score(),
                        details);
            }
        }
        decisions.note(
                String.format(
                        Locale.ROOT,
                        "%,d of %,d labels are suspected; about %,d are expected to be wrong. %,d rows are the only ones of"
                                + " their label and were not judged.",
                        found.suspected(),
                        labelled.size(),
                        found.expectedWrong(),
                        found.leftOut().size()));
    }

    private static HeldOutJudge tuned(
            StepRows rows,
            List<Integer> labelled,
            List<String> labels,
            List<String> names,
            StepWork work) {
        return new TunedFolds(
                work.tuner().get(),
                i -> rows.text(labelled.get(i)),
                labels::get,
                names,
                work.seed(),
                work.progress());
    }
}
