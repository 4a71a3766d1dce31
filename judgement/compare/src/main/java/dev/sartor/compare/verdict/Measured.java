package dev.sartor.compare.verdict;

import dev.sartor.compare.run.CheckedAnswer;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.Scope;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Score;
import dev.sartor.core.Task;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.Scores;
import dev.sartor.evaluate.Ungrounded;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.Remote;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// One candidate's figures, all of them computed from its run and its stored answers.
///
/// @param answers of its first training, which is the one that is shipped
/// @param again its further trainings, where it was trained several times: the score is the mean over all of them
/// @param checks what a check of each answer against the documents found; empty where nothing was checked
/// @param unsupported the share of what the answers state that no passage supports; empty where nothing was checked
/// @param judged what a judge says of the answers; empty where a formula measures
/// @param also other usual metrics, and of the free text where a classification was also asked without its labels
public record Measured(
        Run run,
        List<StoredAnswer> answers,
        List<Training> again,
        List<CheckedAnswer> checks,
        Score score,
        List<Score> also,
        Optional<Score> freeText,
        Optional<Score> unsupported,
        Optional<Judged> judged,
        double secondsPerAnswer,
        double promptTokens,
        double completionTokens,
        CandidateCost cost) {
    /// A further training of a candidate.
    ///
    /// @param answers to the same test examples
    public record Training(Run run, List<StoredAnswer> answers) {
        List<Prediction> predictions() {
            return answers.stream().map(StoredAnswer::prediction).toList();
        }
    }

    public static Measured of(
            Run run, List<StoredAnswer> answers, Task task, Costs costs, Optional<Remote> remote) {
        var trainings = List.of(answers.stream().map(StoredAnswer::prediction).toList());
        var free = answers.stream().flatMap(each -> each.freePrediction().stream()).toList();
        var seconds = mean(answers, StoredAnswer::seconds);
        var prompt = mean(answers, StoredAnswer::promptTokens);
        var completion = mean(answers, StoredAnswer::completionTokens);
        var tokenPrice =
                remote.map(each ->
                                (prompt * each.pricePerMillionPromptTokens()
                                                + completion
                                                        * each.pricePerMillionCompletionTokens())
                                        / 1e6)
                        .orElse(0.0);
        return new Measured(
                run,
                answers,
                List.of(),
                List.of(),
                Scores.ofTrainings(Metrics.of(task), trainings),
                Metrics.also(task, trainings),
                free.isEmpty()
                        ? Optional.empty()
                        : Optional.of(Scores.score(Metrics.of(task), free)),
                Optional.empty(),
                Optional.empty(),
                seconds,
                prompt,
                completion,
                CandidateCost.of(run, seconds, tokenPrice, costs)
                        .withPeople(left(run, answers) * costs.personPerAnswer()));
    }

    /// With what a check of the answers found.
    public Measured with(List<CheckedAnswer> checked) {
        return new Measured(
                run,
                answers,
                again,
                List.copyOf(checked),
                score,
                also,
                freeText,
                Ungrounded.share(checked.stream().map(CheckedAnswer::statements).toList()),
                judged,
                secondsPerAnswer,
                promptTokens,
                completionTokens,
                cost);
    }

    /// As a judge measures it; by the formula that validation chooses by where the judge is refused.
    public Measured with(Judged said) {
        return new Measured(
                run,
                said.scored(answers),
                again,
                checks,
                said.by().isRefused()
                        ? score
                        : said.by().scores().winRate(Metrics.JUDGE, said.scores()),
                said.by().isRefused()
                        ? also
                        : Stream.concat(Stream.of(score), also.stream()).toList(),
                freeText,
                unsupported,
                Optional.of(said),
                secondsPerAnswer,
                promptTokens,
                completionTokens,
                cost);
    }

    /// With further trainings, whose mean the score is then.
    public Measured trainedAgain(List<Training> further, Task task) {
        if (further.isEmpty()) {
            return this;
        }
        var trainings = trainings(answers, further);
        return new Measured(
                run,
                answers,
                List.copyOf(further),
                checks,
                Scores.ofTrainings(Metrics.of(task), trainings),
                Metrics.also(task, trainings),
                freeText,
                unsupported,
                judged,
                secondsPerAnswer,
                promptTokens,
                completionTokens,
                cost);
    }

    /// How far its confidence can be relied upon; empty where it has none.
    public Optional<Reliability> reliability() {
        var scope = run.setup().scope().map(Scope::label);
        return Reliability.of(
                answers.stream()
                        .filter(each -> scope.filter(each.answer()::equals).isEmpty())
                        .toList());
    }

    /// How it tells what fits none of the labels; empty where the task has no label for that.
    public Optional<OutOfScope> outOfScope() {
        return OutOfScope.of(run.setup().scope(), answers);
    }

    /// What it leaves to people; empty where the task asks for no precision.
    public Optional<Abstained> abstained() {
        return Abstained.of(run.setup().abstention(), answers);
    }

    /// The share of the answers that people give.
    private static double left(Run run, List<StoredAnswer> answers) {
        return Abstained.of(run.setup().abstention(), answers).map(Abstained::left).orElse(0.0);
    }

    public String name() {
        return run.candidate();
    }

    /// What its trainings scored; empty where it was trained once.
    public Optional<String> toldTrainings(Task task) {
        var metric = Metrics.of(task);
        var scores = trainings().stream().mapToDouble(metric::aggregate).mapToObj(Figures::score);
        return again.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        name()
                                + " was trained "
                                + trainings().size()
                                + " times: "
                                + scores.collect(Collectors.joining(", "))
                                + ". Its score is their mean, and its intervals hold what they differ by; the first is the"
                                + " one that is shipped.");
    }

    /// Those of the training that is shipped.
    List<Prediction> predictions() {
        return trainings().getFirst();
    }

    /// The answers of each training, the shipped one's first.
    List<List<Prediction>> trainings() {
        return trainings(answers, again);
    }

    private static List<List<Prediction>> trainings(
            List<StoredAnswer> answers, List<Training> further) {
        var trainings = new ArrayList<List<Prediction>>();
        trainings.add(answers.stream().map(StoredAnswer::prediction).toList());
        further.forEach(each -> trainings.add(each.predictions()));
        return trainings;
    }

    private static double mean(List<StoredAnswer> answers, ToDoubleFunction<StoredAnswer> figure) {
        return answers.stream().mapToDouble(figure).average().orElse(0);
    }
}
