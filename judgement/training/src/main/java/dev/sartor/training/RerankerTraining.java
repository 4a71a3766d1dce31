package dev.sartor.training;

import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.compare.approach.TunedAdapter;
import dev.sartor.data.JudgedPassages;
import dev.sartor.evaluate.retrieval.RelevanceScores;
import dev.sartor.generate.encoder.CrossEncoder;
import dev.sartor.model.file.NetworkFolder;
import dev.sartor.tensor.DType;
import dev.sartor.tune.LabelledRow;
import dev.sartor.tune.TrainingReport;
import dev.sartor.tune.TrainingSet;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.trainer.Trainer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// An encoder learns which passages answer a question: a cross-encoder with one output. A pair that is too long is cut as
/// it is when passages are reranked.
///
/// @param name the model's
/// @param model its folder
/// @param around what it measures is added here
record RerankerTraining(
        String name, Path model, TuneSettings settings, DType type, Trainer.Surroundings around) {
    TunedAdapter run(TrainingRequest.Relevance given) {
        try (var open =
                CrossEncoder.withHead(name, model, type, settings.maxTokens(), settings.seed())) {
            var set = new TrainingSet<>(rows(open, given.questions()), 0);
            var trainer = Trainer.relevance(open.network(), name, settings);
            if (given.validation().isEmpty()) {
                return TunedAdapter.of(finished(open, trainer.train(set, around)));
            }
            var before = RelevanceScores.of(open, given.validation());
            around.progress().say("before: " + told(before));
            var report = finished(open, trainer.train(set, measured(open, given.validation())));
            return TunedAdapter.of(report)
                    .withBefore(before.order().value())
                    .withSaid(kept(given.validation()));
        }
    }

    private static List<LabelledRow> rows(CrossEncoder open, List<JudgedPassages> questions) {
        var rows = new ArrayList<LabelledRow>();
        for (var question : questions) {
            var asked = question.question();
            question.relevant()
                    .forEach(text -> rows.add(LabelledRow.ofPair(open.pair(asked, text), 1)));
            question.irrelevant()
                    .forEach(text -> rows.add(LabelledRow.ofPair(open.pair(asked, text), 0)));
        }
        return rows;
    }

    private Trainer.Surroundings measured(CrossEncoder open, List<JudgedPassages> validation) {
        return new Trainer.Surroundings(
                around.folder(),
                Optional.of(_ -> {
                    var scores = RelevanceScores.of(open, validation);
                    around.progress().say(told(scores));
                    return scores.order();
                }),
                Optional.empty(),
                around.watch(),
                around.watchers(),
                around.progress(),
                around.cancellation());
    }

    private TrainingReport finished(CrossEncoder open, TrainingReport report) {
        NetworkFolder.completeScorer(model, around.folder(), open.network(), open.limit());
        return report;
    }

    /// What was written, as it will be opened.
    private String kept(List<JudgedPassages> validation) {
        try (var written = CrossEncoder.open(name, around.folder(), type)) {
            return "On validation the model that was kept has "
                    + told(RelevanceScores.of(written, validation))
                    + ".";
        }
    }

    private static String told(RelevanceScores scores) {
        return String.format(
                Locale.ROOT,
                "nDCG@10 %.3f, and judges %.1f %% right (%d of %d passages that answer, %d of %d others)",
                scores.order().value(),
                100.0
                        * (scores.relevantRight() + scores.othersRight())
                        / (scores.relevant() + scores.others()),
                scores.relevantRight(),
                scores.relevant(),
                scores.othersRight(),
                scores.others());
    }
}
