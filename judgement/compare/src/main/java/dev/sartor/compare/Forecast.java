package dev.sartor.compare;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.builtin.ZeroShot;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Question;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.core.work.Progress;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Remote;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// Estimates how long the candidates that are not finished will take: by what stored runs took on this machine, else by a
/// few answers of the model to training or validation examples and the lengths of prompts. Trainings are planned as `sartor
/// tune --explain` plans them.
final class Forecast {
    private static final int WARM_UP = 8;

    /// A step of training computes forward, backward, and the gradients of the weights.
    private static final double TRAINING = 3;

    private final List<Run> stored;
    private final RunMaker maker;
    private final Workbench workbench;
    private final Machine machine;
    private final Map<String, Pace> paces = new LinkedHashMap<>();
    private boolean isOfRuns;
    private OptionalDouble embedding = OptionalDouble.empty();

    /// @param stored finished runs, the newest first
    Forecast(List<Run> stored, RunMaker maker, Workbench workbench, Machine machine) {
        this.stored = List.copyOf(stored);
        this.maker = maker;
        this.workbench = workbench;
        this.machine = machine;
    }

    /// @param seconds of each candidate that is not finished, by {@link #name}
    /// @param uncounted candidates of which nobody can tell
    /// @param basis what it was estimated by
    record Estimate(Map<String, Double> seconds, List<String> uncounted, String basis) {
        double total() {
            return seconds.values().stream().mapToDouble(Double::doubleValue).sum();
        }

        /// Empty where all is finished.
        Optional<String> sentence() {
            if (seconds.isEmpty() && uncounted.isEmpty()) {
                return Optional.empty();
            }
            var not =
                    uncounted.isEmpty()
                            ? ""
                            : " Not counted, as nobody can tell yet: "
                                    + String.join(", ", uncounted)
                                    + ".";
            return Optional.of(
                    seconds.isEmpty()
                            ? "No estimate of the time is possible." + not
                            : String.format(
                                    Locale.ROOT,
                                    "An estimate: %s in all, by %s.%s",
                                    Figures.duration(total()),
                                    basis,
                                    not));
        }
    }

    /// Seconds of an answer to a prompt of so many characters.
    private record Pace(double seconds, double characters) {}

    static String name(Planned planned) {
        return planned.settings().name() + "/" + planned.candidate();
    }

    Estimate of(List<Planned> all) {
        var open =
                all.stream()
                        .filter(each -> !each.name().combines())
                        .filter(each -> !isFinished(each) && !maker.wasDropped(each))
                        .toList();
        var seconds = new LinkedHashMap<String, Double>();
        var uncounted = new ArrayList<String>();
        // The model that is trained is held apart from the one that answers, which is not opened
        // for an estimate alone.
        boolean isOpenAnyway =
                open.stream()
                        .filter(each -> each.name().writesText())
                        .findFirst()
                        .filter(each -> each.remote().isEmpty() && !each.name().isTuned())
                        .isPresent();
        for (var planned : open) {
            var training = training(planned, isOpenAnyway);
            var answers = answers(planned, isOpenAnyway);
            if (training.isPresent() && answers.isPresent()) {
                int times = planned.name().isTuned() ? planned.project().seeds() : 1;
                seconds.put(name(planned), times * (training.get() + answers.get()));
            } else {
                uncounted.add(name(planned));
            }
        }
        return new Estimate(seconds, uncounted, basis());
    }

    private String basis() {
        var answers = "a few answers of the model";
        var runs = "what earlier runs took";
        return paces.isEmpty() && embedding.isEmpty()
                ? runs
                : isOfRuns ? answers + " and " + runs : answers;
    }

    /// By its recipe and its data; other documents or files of a model are not looked at.
    private boolean isFinished(Planned planned) {
        return stored.stream().anyMatch(run -> isOf(run, planned) && hasSameData(run, planned));
    }

    private static boolean isOf(Run run, Planned planned) {
        var recipe = RunJson.line(RunJson.settings(run.recipe()));
        return recipe.equals(RunJson.line(RunJson.settings(planned.recipe())))
                && run.remote().equals(planned.remote().map(Remote::name));
    }

    private static boolean hasSameData(Run run, Planned planned) {
        return planned.template().version().equals(run.digests().get("prompt"))
                && run.promptVersion().map(planned.prompt().id()::equals).orElse(true)
                && planned.data().digests().entrySet().stream()
                        .allMatch(each -> each.getValue().equals(run.digests().get(each.getKey())));
    }

    /// The newest stored run of the same candidate, with any prompt, on the same model and machine, of this task if there is one.
    private Optional<Run> earlier(Planned planned) {
        var alike =
                stored.stream()
                        .filter(run ->
                                run.candidateOfOwnPrompt().equals(planned.candidateOfOwnPrompt())
                                        && run.recipe().model().equals(planned.model())
                                        && run.machine().processor().equals(machine.processor())
                                        && run.machine().cores() == machine.cores())
                        .toList();
        return alike.stream()
                .filter(run -> run.task().equals(planned.settings().name()))
                .findFirst()
                .or(() -> alike.stream().findFirst());
    }

    private Optional<Double> training(Planned planned, boolean isOpenAnyway) {
        if (!planned.name().isTuned() || sharesATraining(planned)) {
            return Optional.of(0.0);
        }
        if (planned.settings().tune().search().isPresent() || planned.trainsOnPassages()) {
            return Optional.empty();
        }
        if (maker.isTrained(planned)) {
            return Optional.of(0.0);
        }
        var run = earlier(planned).filter(each -> each.task().equals(planned.settings().name()));
        if (run.isPresent()) {
            isOfRuns = true;
            return run.map(each -> each.setup().trainingSeconds());
        }
        if (!planned.name().writesText()) {
            var epochs = planned.settings().tune().steps().epochs();
            return Optional.of(
                    TRAINING * epochs * planned.data().train().size() * embedding(planned));
        }
        return isOpenAnyway ? planned(planned) : Optional.empty();
    }

    private static boolean sharesATraining(Planned planned) {
        var tried = planned.project().tried(planned.settings());
        return planned.approach().adapterOf(planned.settings()).filter(tried::contains).isPresent();
    }

    /// Empty where a plan is not possible, as of encoders.
    private Optional<Double> planned(Planned planned) {
        try {
            return Optional.of(maker.trainingSeconds(planned));
        } catch (SartorException e) {
            org.slf4j.LoggerFactory.getLogger(Forecast.class).debug("no plan", e);
            return Optional.empty();
        }
    }

    private Optional<Double> answers(Planned planned, boolean isOpenAnyway) {
        var data = planned.data();
        // Where nothing is chosen by validation, labels are calibrated on it, and candidates race.
        boolean isOnceAnyway = data.task().isClassification() || Race.isOn(planned.project(), data);
        int beside = Math.max(0, planned.examplesBeside().size() - 1);
        int passes = Math.max(planned.choices().size() + beside, isOnceAnyway ? 1 : 0);
        int rows = data.test().size() + passes * data.validation().size();
        var run = earlier(planned);
        if (run.isPresent()) {
            isOfRuns = true;
            return run.map(each -> rows * secondsOf(each, planned));
        }
        if (!planned.name().writesText()) {
            var texts = data.train().size() + data.validation().size() + data.test().size();
            return Optional.of(texts * embedding(planned));
        }
        if (planned.remote().isPresent() || !isOpenAnyway) {
            return Optional.empty();
        }
        var pace = paces.computeIfAbsent(planned.settings().name(), _ -> warmUp(planned));
        return pace.characters() == 0
                ? Optional.empty()
                : Optional.of(
                        rows
                                * pace.seconds()
                                * (pace.characters() + planned.approach().promptCharacters(planned))
                                / pace.characters());
    }

    /// A classification is asked twice, for its label and, where a model can write it, for free text.
    private double secondsOf(Run run, Planned planned) {
        var answers = Runs.of(workbench.folder()).answers(run);
        double mean = answers.stream().mapToDouble(StoredAnswer::seconds).average().orElse(0);
        boolean isTwice = planned.data().task().isClassification() && planned.name().writesText();
        return mean * (isTwice ? 2 : 1);
    }

    /// Seconds for a text, by some that the test does not hold: the embedder is opened in any case.
    private double embedding(Planned planned) {
        var few = few(planned);
        if (few.isEmpty()) {
            return 0;
        }
        if (embedding.isEmpty()) {
            var texts = few.stream().map(Example::text).toList();
            var embedder = workbench.embedder();
            var _ = embedder.embed(texts.subList(0, 1));
            long start = System.nanoTime();
            var _ = embedder.embed(texts);
            embedding = OptionalDouble.of((System.nanoTime() - start) / 1e9 / texts.size());
        }
        return embedding.getAsDouble();
    }

    private static List<Example> few(Planned planned) {
        var rows = new ArrayList<>(planned.data().validation());
        rows.addAll(planned.data().train());
        return rows.subList(0, Math.min(WARM_UP, rows.size()));
    }

    /// Answers some examples that the test does not hold.
    private Pace warmUp(Planned planned) {
        var data = planned.data();
        var few = few(planned);
        if (few.isEmpty()) {
            return new Pace(0, 0);
        }
        var plain =
                new Planned(
                        planned.project(),
                        planned.settings(),
                        data,
                        ApproachName.of(ZeroShot.NAME),
                        Optional.empty());
        try (var model = workbench.model(plain, Optional.empty())) {
            var candidate = workbench.around(plain, model, Choice.of(0));
            var _ = candidate.answer(questions(data.task(), few.subList(0, 1)), Progress.silent());
            long start = System.nanoTime();
            var _ = candidate.answer(questions(data.task(), few), Progress.silent());
            double seconds = (System.nanoTime() - start) / 1e9 / few.size();
            double characters =
                    few.stream()
                            .map(each ->
                                    plain.ask(plain.questions(List.of(each)).getFirst(), List.of()))
                            .mapToInt(asked ->
                                    asked.messages().stream()
                                            .mapToInt(each -> each.content().length())
                                            .sum())
                            .average()
                            .orElse(0);
            return new Pace(seconds, characters);
        } catch (SartorException e) {
            // Such as an example that is too long: the candidate will say so.
            org.slf4j.LoggerFactory.getLogger(Forecast.class).debug("no warm-up", e);
            return new Pace(0, 0);
        }
    }

    private static List<Question> questions(Task task, List<Example> examples) {
        var questions = new ArrayList<Question>();
        examples.forEach(each -> questions.add(Question.of(each, task.form())));
        if (task.isClassification()) {
            var free = new AnswerForm.FreeText(task.maxAnswerTokens());
            examples.forEach(each -> questions.add(Question.of(each, free)));
        }
        return questions;
    }
}
