package dev.sartor.compare;

import dev.sartor.compare.approach.LeastNearness;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Calibration;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Answer;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.Score;
import dev.sartor.core.work.Progress;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.Wire;
import dev.sartor.prompt.ExampleCount;
import dev.sartor.prompt.PassageOrder;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Lets validation choose what a candidate's recipe leaves open: how many examples or passages, then in which order
/// passages stand, then whether a model that is set to rerank them does, then below which nearness of its passages a question
/// counts as one without an answer. Of equal choices the first is taken, which is the cheaper.
final class ValidationSelection {
    private final Planned planned;
    private final Responder model;
    private final Workbench workbench;
    private final Progress progress;
    private final Map<Choice, List<Answer>> answered = new HashMap<>();

    /// @param model that the candidate asks
    ValidationSelection(Planned planned, Responder model, Workbench workbench, Progress progress) {
        this.planned = planned;
        this.model = model;
        this.workbench = workbench;
        this.progress = progress;
    }

    /// @param scores takes in the validation score of each choice that was tried
    Choice choose(Map<String, Double> scores) {
        var counted = count(scores);
        var shown =
                planned.search()
                        .map(search -> rerank(search, order(search, counted, scores), scores))
                        .orElse(counted);
        return nearness(shown, scores);
    }

    /// What makes probabilities of the candidate's label scores; empty where nothing can.
    Optional<Calibration> calibration(Choice chosen) {
        var task = planned.data().task();
        if (!task.isClassification() || planned.remote().isPresent() || examples().isEmpty()) {
            return Optional.empty();
        }
        if (examples().size() < LabelConfidence.LEAST_ROWS) {
            progress.say(
                    String.format(
                            Locale.ROOT,
                            "%s: %s is not calibrated: %d validation examples are fewer than %d",
                            planned.settings().name(),
                            planned.candidate(),
                            examples().size(),
                            LabelConfidence.LEAST_ROWS));
            return Optional.empty();
        }
        return new LabelConfidence(task).calibrated(examples(), answers(chosen));
    }

    private Choice count(Map<String, Double> scores) {
        var choices = planned.choices();
        var order = planned.search().map(search -> search.order().getFirst());
        var shown = Run.Shown.in(order.orElse(PassageOrder.BEST_FIRST));
        if (choices.size() < 2) {
            return new Choice(choices.isEmpty() ? 0 : choices.getFirst(), shown);
        }
        var chosen = ExampleCount.choose(choices, count -> score(new Choice(count, shown)));
        chosen.scores().forEach((count, score) -> scores.put(count.toString(), score.value()));
        chosen.tooLong().forEach(this::sayTooLong);
        return new Choice(chosen.best(), shown);
    }

    private void sayTooLong(int count) {
        progress.say(
                String.format(
                        Locale.ROOT,
                        "%s: %s with %d does not fit the model's context and was not tried",
                        planned.settings().name(),
                        planned.candidate(),
                        count));
    }

    /// One passage stands wherever it stands.
    private Choice order(PassageSettings search, Choice counted, Map<String, Double> scores) {
        if (search.order().size() < 2 || counted.count() < 2 || examples().isEmpty()) {
            return counted;
        }
        var best = counted;
        double highest = Double.NEGATIVE_INFINITY;
        for (var order : search.order()) {
            var choice = counted.with(Run.Shown.in(order));
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
        if (search.rerank().isEmpty() || examples().isEmpty()) {
            return ordered;
        }
        var order = ordered.shown().order();
        var found = ordered.with(new Run.Shown(order, Optional.empty(), Optional.of(false)));
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
        if (words.isEmpty() || examples().isEmpty()) {
            return chosen;
        }
        var near = planned.approach().nearness(planned, chosen, questions(), workbench);
        if (near.isEmpty()) {
            return chosen;
        }
        var metric = Metrics.of(planned.data().task());
        var told = Adapters.predictions(examples(), answers(chosen));
        var abstained =
                examples().stream().map(each -> Prediction.of(each, words.orElseThrow())).toList();
        var least =
                LeastNearness.shown(
                        near.get(), metric.perExample(told), metric.perExample(abstained));
        least.ifPresent(each -> scores.put("saying nothing is known", each.score()));
        return chosen.with(
                new Run.Shown(
                        chosen.shown().order(),
                        least.map(LeastNearness::nearness),
                        chosen.shown().reranked()));
    }

    private Score score(Choice choice) {
        return Scores.score(
                Metrics.of(planned.data().task()),
                Adapters.predictions(examples(), answers(choice)));
    }

    private List<Answer> answers(Choice choice) {
        var known = answered.get(choice);
        if (known != null) {
            return known;
        }
        var with = choice.count() == 0 ? "" : " with " + choice.count();
        progress.say(
                planned.settings().name() + ": " + planned.candidate() + with + " on validation");
        var answers =
                workbench.around(planned, model, choice).answer(questions(), Progress.silent());
        answered.put(choice, answers);
        return answers;
    }

    private List<Example> examples() {
        return planned.data().validation();
    }

    private List<Question> questions() {
        return planned.questions(examples());
    }
}
