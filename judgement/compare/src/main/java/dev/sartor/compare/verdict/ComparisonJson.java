package dev.sartor.compare.verdict;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.core.Score;
import dev.sartor.evaluate.ConfusionMatrix;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.Prediction;
import dev.sartor.evaluate.statistics.Interval;
import dev.sartor.project.setting.Metrics;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// A comparison's result as `--json` prints it and `runs/comparison.json` keeps it.
public record ComparisonJson(
        String project,
        double totalSeconds,
        Optional<Double> estimatedSeconds,
        Machine machine,
        List<TaskJson> tasks) {
    /// One task's part.
    public record TaskJson(
            String name,
            String metric,
            int testRows,
            Optional<Double> target,
            double margin,
            List<CandidateJson> candidates,
            List<BaselineJson> baselines,
            List<PairJson> pairs,
            VerdictJson verdict,
            List<DroppedJson> dropped,
            List<FailedJson> failed,
            Optional<JudgeJson> judge,
            Optional<AskersJson> askers,
            List<String> said) {
        public TaskJson {
            // Earlier versions wrote none.
            dropped = Objects.requireNonNullElse(dropped, List.of());
            failed = Objects.requireNonNullElse(failed, List.of());
            baselines = Objects.requireNonNullElse(baselines, List.of());
        }

        public Optional<String> chosenRun() {
            return candidates.stream()
                    .filter(each -> each.name().equals(verdict.candidate()))
                    .map(CandidateJson::run)
                    .findFirst();
        }
    }

    /// What each candidate has to beat, where no target is set.
    public record BaselineJson(String name, String means, double score, double low, double high) {}

    /// A candidate that left the race before the test examples.
    ///
    /// @param rows how many validation examples it answered, of so many
    /// @param score its mean on these, and that of the candidate that is better
    public record DroppedJson(
            String name,
            int rows,
            int of,
            double score,
            String against,
            double againstScore,
            String why) {
        static DroppedJson of(Dropped dropped) {
            return new DroppedJson(
                    dropped.candidate(),
                    dropped.rows(),
                    dropped.of(),
                    dropped.score(),
                    dropped.against(),
                    dropped.againstScore(),
                    dropped.why());
        }
    }

    /// The judge that measured, or was refused.
    ///
    /// @param steadiness the share of pairs of which it says the same in both orders
    /// @param factor how far it goes along with people, by which what it says is divided; empty where it is refused
    /// @param refusals why it may not measure; none where it may
    public record JudgeJson(
            String model,
            String digest,
            int pairs,
            double kappa,
            Interval kappaInterval,
            double positionBias,
            Interval positionBiasInterval,
            double steadiness,
            Optional<Double> factor,
            List<String> refusals,
            String said) {
        static JudgeJson of(Judged.By by) {
            var agreement = by.agreement();
            return new JudgeJson(
                    by.name(),
                    by.digest(),
                    agreement.pairs(),
                    agreement.kappa(),
                    agreement.kappaInterval(),
                    agreement.positionBias(),
                    agreement.biasInterval(),
                    agreement.steadiness(),
                    by.isRefused()
                            ? Optional.empty()
                            : Optional.of(agreement.correction().factor()),
                    by.refusals(),
                    by.said());
        }
    }

    /// A candidate that could not be measured.
    public record FailedJson(String name, String why) {}

    /// @param also other metrics by name
    /// @param unsupported the share of what the answers state that no passage supports
    /// @param freeText the task's metric where a classification was asked without its labels
    /// @param adapterShare the adapter's parameters as a share of the model's
    /// @param promptVersion the id of the prompt's version that was measured; empty where no model is shown one
    /// @param failurePoints what went wrong, of a candidate that shows passages before free text
    /// @param labels how well each label is told, of a classification
    /// @param trainings where it was trained several times: each one's seed, run and score, of which `score` is the mean
    public record CandidateJson(
            String name,
            String run,
            Optional<String> promptVersion,
            double score,
            double low,
            double high,
            double secondsPerAnswer,
            double promptTokens,
            double completionTokens,
            double setupSeconds,
            Optional<Long> peakMib,
            @JsonProperty("cost_per_1000") double costPerThousand,
            double adapterShare,
            int chosen,
            Map<String, Score> also,
            Optional<Score> freeText,
            Optional<Score> unsupported,
            Optional<ReliabilityJson> reliability,
            Optional<OutOfScope> outOfScope,
            Optional<Abstained> abstained,
            Optional<FailuresJson> failurePoints,
            List<TrainingJson> trainings,
            List<ConfusionMatrix.OfLabel> labels,
            boolean goodEnough) {
        public CandidateJson {
            // Earlier versions wrote none.
            trainings = Objects.requireNonNullElse(trainings, List.of());
            labels = Objects.requireNonNullElse(labels, List.of());
        }
    }

    /// @param run its folder below `runs/` for the first, below `runs/seeds/` for the others
    public record TrainingJson(long seed, String run, double score) {
        static List<TrainingJson> of(Measured candidate, Metric metric) {
            var all = new ArrayList<TrainingJson>();
            if (!candidate.again().isEmpty()) {
                all.add(of(candidate.run(), candidate.trainings().getFirst(), metric));
                candidate
                        .again()
                        .forEach(each -> all.add(of(each.run(), each.predictions(), metric)));
            }
            return all;
        }

        private static TrainingJson of(Run run, List<Prediction> answers, Metric metric) {
            return new TrainingJson(run.recipe().seed(), run.id(), metric.aggregate(answers));
        }
    }

    /// @param calibrationErrorUncalibrated of the label scores as they are
    /// @param coverageAtPrecision the share of the questions that can be answered so that 90, 95 or 99 % of the answers are right
    public record ReliabilityJson(
            double calibrationErrorUncalibrated,
            double calibrationError,
            Map<String, Double> coverageAtPrecision) {
        static ReliabilityJson of(Reliability reliability) {
            var coverage = new LinkedHashMap<String, Double>();
            for (var precision : List.of("0.90", "0.95", "0.99")) {
                coverage.put(precision, reliability.coverageAt(Double.parseDouble(precision)));
            }
            return new ReliabilityJson(
                    reliability.errorUncalibrated(), reliability.error(), coverage);
        }
    }

    /// The first less the second.
    ///
    /// @param simultaneousLow the lower end of the interval by which one may be shipped
    public record PairJson(
            String first,
            String second,
            double difference,
            double low,
            double high,
            double simultaneousLow,
            double simultaneousHigh,
            double p,
            double holmP) {}

    /// @param needed how many test examples would be enough to tell; empty where there are enough
    public record VerdictJson(
            String kind,
            String candidate,
            String why,
            List<Verdict.Crossing> crossings,
            Optional<Integer> needed) {}

    /// This comparison, and the tasks that only the earlier one has.
    public ComparisonJson with(ComparisonJson earlier) {
        var all = new ArrayList<>(tasks);
        earlier.tasks().stream()
                .filter(old -> tasks.stream().noneMatch(task -> task.name().equals(old.name())))
                .forEach(all::add);
        return new ComparisonJson(project, totalSeconds, estimatedSeconds, machine, all);
    }

    public static ComparisonJson of(ComparisonResult result) {
        return new ComparisonJson(
                result.project().name(),
                result.totalSeconds(),
                result.estimatedSeconds(),
                result.machine(),
                result.tasks().stream()
                        .map(task -> of(task, TaskFailures.of(task, result.project())))
                        .toList());
    }

    private static TaskJson of(TaskResult task, TaskFailures failures) {
        return new TaskJson(
                task.task().name(),
                task.metric(),
                task.testRows(),
                task.task().target(),
                task.task().margin(),
                task.candidates().stream().map(each -> of(each, task, failures)).toList(),
                task.baselines().stream().map(ComparisonJson::of).toList(),
                task.pairings().stream().map(ComparisonJson::of).toList(),
                of(task.verdict()),
                task.dropped().stream().map(DroppedJson::of).toList(),
                task.failed().stream()
                        .map(each -> new FailedJson(each.name(), each.why()))
                        .toList(),
                task.judge().map(JudgeJson::of),
                task.hidden().map(AskersJson::of),
                task.said());
    }

    private static CandidateJson of(Measured candidate, TaskResult task, TaskFailures failures) {
        var also = new LinkedHashMap<String, Score>();
        candidate.also().forEach(score -> also.put(score.metric(), score));
        var run = candidate.run();
        return new CandidateJson(
                candidate.name(),
                run.id(),
                run.promptVersion(),
                candidate.score().value(),
                candidate.score().low(),
                candidate.score().high(),
                candidate.secondsPerAnswer(),
                candidate.promptTokens(),
                candidate.completionTokens(),
                run.setup().seconds(),
                run.peakMib(),
                task.costPerThousand(candidate),
                run.setup().adapterShare(),
                run.setup().chosen(),
                also,
                candidate.freeText(),
                candidate.unsupported(),
                candidate.reliability().map(ReliabilityJson::of),
                candidate.outOfScope(),
                candidate.abstained(),
                failures.of(candidate).map(FailuresJson::of),
                TrainingJson.of(candidate, Metrics.of(task.task())),
                task.confusion(candidate).map(ConfusionMatrix::perLabel).orElse(List.of()),
                task.isGoodEnough(candidate));
    }

    private static BaselineJson of(Baseline baseline) {
        var score = baseline.score();
        return new BaselineJson(
                baseline.name(), baseline.means(), score.value(), score.low(), score.high());
    }

    private static PairJson of(Pairing pair) {
        var comparison = pair.comparison();
        return new PairJson(
                pair.first(),
                pair.second(),
                comparison.difference(),
                comparison.low(),
                comparison.high(),
                pair.simultaneous().low(),
                pair.simultaneous().high(),
                comparison.p(),
                pair.adjustedP());
    }

    private static VerdictJson of(Verdict verdict) {
        return switch (verdict) {
            case Verdict.Ship ship ->
                    new VerdictJson(
                            ship.kind(),
                            ship.candidate(),
                            ship.why(),
                            ship.crossings(),
                            ship.open().map(Verdict.Undecided::needed));
            case Verdict.NothingMeetsTarget nothing -> plain(nothing);
            case Verdict.NotShownUsable none -> plain(none);
            case Verdict.TooSmallToTell small ->
                    new VerdictJson(
                            small.kind(),
                            small.candidate(),
                            small.why(),
                            List.of(),
                            Optional.of(small.open().needed()));
        };
    }

    private static VerdictJson plain(Verdict verdict) {
        return new VerdictJson(
                verdict.kind(), verdict.candidate(), verdict.why(), List.of(), Optional.empty());
    }
}
