package dev.sartor.compare;

import dev.sartor.compare.approach.LeastNearness;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.confidence.LabelConfidence;
import dev.sartor.compare.run.Calibration;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Score;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.Wire;
import dev.sartor.prompt.ExampleCount;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;

/// Lets validation choose what a candidate's recipe leaves open: how many examples or passages, then how many examples beside
/// so many passages, then in which order passages stand, then whether a model that is set to rerank them does, then below which nearness of its passages a question
/// counts as one without an answer. Of equal choices the first is taken, which is the cheaper.
final class ValidationSelection {
    private final Planned planned;
    private final ValidationAnswers answers;
    private final Workbench workbench;
    private final Set<Choice> beaten;
    private final Progress progress;
    private List<Double> near = List.of();

    /// @param beaten choices that are shown to be too bad to be tried on all examples
    ValidationSelection(
            Planned planned,
            ValidationAnswers answers,
            Workbench workbench,
            Set<Choice> beaten,
            Progress progress) {
        this.planned = planned;
        this.answers = answers;
        this.workbench = workbench;
        this.beaten = beaten;
        this.progress = progress;
    }

    /// @param scores takes in the validation score of each choice that was tried
    Choice choose(Map<String, Double> scores) {
        var counted = examplesBeside(count(scores), scores);
        var shown =
                planned.search()
                        .map(search -> rerank(search, order(search, counted, scores), scores))
                        .orElse(counted);
        return nearness(shown, scores);
    }

    /// What makes probabilities of the candidate's label scores; empty where nothing can.
    Optional<Calibration> calibration(Choice chosen) {
        var task = planned.data().task();
        if (!task.isClassification()
                || planned.remote().isPresent()
                || answers.examples().isEmpty()) {
            return Optional.empty();
        }
        if (answers.examples().size() < LabelConfidence.LEAST_ROWS) {
            progress.say(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is not calibrated: %d validation examples are fewer than %d",
                            planned.settings().name(),
                            planned.candidate(),
                            answers.examples().size(),
                            LabelConfidence.LEAST_ROWS));
            return Optional.empty();
        }
        return labels().calibrated(answers.examples(), answers.to(chosen));
    }

    private LabelConfidence labels() {
        return new LabelConfidence(planned.data().task(), planned.settings().outOfScope());
    }

    private Choice count(Map<String, Double> scores) {
        var all = planned.choices();
        if (all.size() < 2) {
            return Screening.usual(planned, all.isEmpty() ? 0 : all.getFirst());
        }
        var chosen = chosen(all, count -> Screening.usual(planned, count));
        chosen.scores().forEach((count, score) -> scores.put(count.toString(), score.value()));
        chosen.tooLong().forEach(count -> sayTooLong(count.toString()));
        return Screening.usual(planned, chosen.best());
    }

    /// Beside as many passages as were chosen.
    private Choice examplesBeside(Choice counted, Map<String, Double> scores) {
        var all = planned.examplesBeside();
        if (all.size() < 2) {
            return counted;
        }
        IntFunction<Choice> with = count -> counted.with(counted.shown().withExamples(count));
        var chosen = chosen(all, with);
        chosen.scores().forEach((count, score) -> scores.put(count + " examples", score.value()));
        chosen.tooLong().forEach(count -> sayTooLong(count + " examples"));
        return with.apply(chosen.best());
    }

    private ExampleCount chosen(List<Integer> counts, IntFunction<Choice> with) {
        var open = counts.stream().filter(count -> !beaten.contains(with.apply(count))).toList();
        return ExampleCount.choose(
                open.isEmpty() ? counts : open, count -> score(with.apply(count)));
    }

    private void sayTooLong(String what) {
        progress.say(
                String.format(
                        Locale.ROOT,
                        "%s: %s with %s does not fit the model's context and was not tried",
                        planned.settings().name(),
                        planned.candidate(),
                        what));
    }

    /// One passage stands wherever it stands.
    private Choice order(PassageSettings search, Choice counted, Map<String, Double> scores) {
        if (search.order().size() < 2 || counted.count() < 2 || answers.examples().isEmpty()) {
            return counted;
        }
        var best = counted;
        double highest = Double.NEGATIVE_INFINITY;
        for (var order : search.order()) {
            var choice = counted.with(counted.shown().inOrder(order));
            double score = score(choice).value();
            scores.put(counted.count() + " " + Wire.value(order), score);
            if (score > highest) {
                best = choice;
                highest = score;
            }
        }
        return best;
    }

    /// With the order of the search, and with that of the model, which costs a reading of each passage.
    private Choice rerank(PassageSettings search, Choice ordered, Map<String, Double> scores) {
        if (search.rerank().isEmpty() || answers.examples().isEmpty()) {
            return ordered;
        }
        var found = ordered.with(ordered.shown().withReranked(false));
        double asFound = score(found).value();
        double asRead = score(ordered).value();
        scores.put("as found", asFound);
        scores.put("reranked", asRead);
        boolean gains = asRead > asFound;
        progress.say(
                String.format(
                        Locale.ROOT,
                        "%s: %s %s (%s on validation, %s without)",
                        planned.settings().name(),
                        planned.candidate(),
                        gains ? "keeps its reranker" : "goes without its reranker",
                        Figures.score(asRead),
                        Figures.score(asFound)));
        return gains ? ordered : found;
    }

    private Choice nearness(Choice chosen, Map<String, Double> scores) {
        var words = planned.data().task().unanswerable();
        if (words.isEmpty() || answers.examples().isEmpty()) {
            return chosen;
        }
        var found = planned.approach().nearness(planned, chosen, answers.questions(), workbench);
        if (found.isEmpty()) {
            return chosen;
        }
        near = found.get();
        var metric = Metrics.of(planned.data().task());
        var told = Adapters.predictions(answers.examples(), answers.to(chosen));
        var abstained =
                answers.examples().stream()
                        .map(each -> Prediction.of(each, words.orElseThrow()))
                        .toList();
        var least =
                LeastNearness.shown(near, metric.perExample(told), metric.perExample(abstained));
        least.ifPresent(each -> scores.put("saying nothing is known", each.score()));
        return chosen.with(chosen.shown().withNearness(least.map(LeastNearness::nearness)));
    }

    private Score score(Choice choice) {
        return Scores.score(
                Metrics.of(planned.data().task()),
                Adapters.predictions(answers.examples(), answers.to(choice)));
    }

    /// The candidate's answers to the validation examples, as it was chosen.
    ///
    /// @param isNeeded whether they are asked for where choosing has not; without it the result is empty then
    List<StoredAnswer> answered(
            Choice chosen, Optional<Calibration> calibration, boolean isNeeded) {
        var asked = chosen.with(chosen.shown().withNearness(Optional.empty()));
        if (!isNeeded && !answers.has(asked)) {
            return List.of();
        }
        var task = planned.data().task();
        var said = new ArrayList<>(answers.to(asked));
        chosen.shown()
                .nearness()
                .ifPresent(least -> {
                    for (int i = 0; i < said.size(); i++) {
                        if (near.get(i) < least) {
                            said.set(i, said.get(i).withText(task.unanswerable().orElseThrow()));
                        }
                    }
                });
        var values = Metrics.of(task).perExample(Adapters.predictions(answers.examples(), said));
        var labels = labels();
        var stored = new ArrayList<StoredAnswer>();
        for (int i = 0; i < values.length; i++) {
            var answer = said.get(i);
            stored.add(
                    StoredAnswer.of(answers.examples().get(i), answer, values[i])
                            .withConfidence(calibration.flatMap(by -> labels.of(answer, by))));
        }
        return stored;
    }
}
