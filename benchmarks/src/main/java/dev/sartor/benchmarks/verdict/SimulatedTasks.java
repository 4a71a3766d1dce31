package dev.sartor.benchmarks.verdict;

import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.CandidateCost;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.core.Readers;
import dev.sartor.core.Task;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Tasks whose truth is known. An answer is right with the candidate's true accuracy; half of the draws, by chance, are an
/// example's own, which all candidates share, as some examples are hard for all of them. Where examples come in groups, half of all
/// draws are the group's; where candidates are trained several times, half of a candidate's own draws are the same in each training.
final class SimulatedTasks {
    private static final double COMMON = 0.5;

    private final double margin;
    private final Nesting nesting;

    SimulatedTasks(double margin, Nesting nesting) {
        this.margin = margin;
        this.nesting = nesting;
    }

    /// @param groupSize examples of a group; 1 where each is on its own
    /// @param seeds trainings of a candidate
    /// @param deviation of the true accuracies of a candidate's trainings
    record Nesting(int groupSize, int seeds, double deviation) {
        static Nesting none() {
            return new Nesting(1, 1, 0);
        }

        Optional<String> group(int row) {
            return groupSize == 1 ? Optional.empty() : Optional.of("g" + row / groupSize);
        }
    }

    /// @param accuracies the truth of each candidate; their prices differ, in random order
    TaskResult result(double[] accuracies, int examples, SplittableRandom random) {
        var task =
                new Task(
                        "simulated",
                        "",
                        List.of("a", "b"),
                        "accuracy",
                        Optional.empty(),
                        margin,
                        Optional.empty(),
                        8);
        var prices = new ArrayList<>(IntStream.rangeClosed(1, accuracies.length).boxed().toList());
        Collections.shuffle(prices, new Random(random.nextLong()));
        var difficulty = random.doubles(examples).toArray();
        var measured = new ArrayList<Measured>();
        for (int i = 0; i < accuracies.length; i++) {
            var own = nesting.seeds() > 1 ? random.doubles(examples).toArray() : new double[0];
            var ofGroups =
                    nesting.groupSize() > 1 ? random.doubles(examples).toArray() : new double[0];
            var groups = new Groups(difficulty, ofGroups);
            var trainings = new ArrayList<List<StoredAnswer>>();
            for (int seed = 0; seed < nesting.seeds(); seed++) {
                double accuracy = accuracies[i];
                if (nesting.seeds() > 1) {
                    accuracy += nesting.deviation() * random.nextGaussian();
                }
                trainings.add(answers(accuracy, groups, own, random));
            }
            measured.add(measured("c" + i, trainings, prices.get(i), task));
        }
        return TaskResult.of(
                task,
                new TaskResult.Candidates(measured, List.of(), List.of()),
                List.of(),
                new Costs("EUR", 1, 1, 0, 0, 0, Map.of()),
                List.of());
    }

    /// @param shared by all candidates
    /// @param own the candidate's
    private record Groups(double[] shared, double[] own) {}

    private List<StoredAnswer> answers(
            double accuracy, Groups groups, double[] own, SplittableRandom random) {
        var answers = new ArrayList<StoredAnswer>();
        var fromGroup = groups.own();
        for (int row = 0; row < groups.shared().length; row++) {
            boolean isShared = random.nextDouble() < COMMON;
            int first = row;
            boolean isOfGroup = nesting.groupSize() > 1 && random.nextBoolean();
            if (isOfGroup) {
                first = row - row % nesting.groupSize();
            }
            double drawn;
            if (isShared) {
                drawn = groups.shared()[first];
            } else if (isOfGroup) {
                drawn = fromGroup[first];
            } else {
                boolean isKept = own.length > 0 && random.nextBoolean();
                drawn = isKept ? own[row] : random.nextDouble();
            }
            answers.add(answer(row, drawn < accuracy));
        }
        return answers;
    }

    private StoredAnswer answer(int row, boolean isRight) {
        return new StoredAnswer(
                "q" + row,
                "",
                List.of("a"),
                isRight ? "a" : "b",
                Optional.empty(),
                Optional.empty(),
                isRight ? 1 : 0,
                List.of(),
                0,
                0,
                0,
                0,
                nesting.group(row));
    }

    private static Measured measured(
            String name, List<List<StoredAnswer>> trainings, double price, Task task) {
        var predictions =
                trainings.stream()
                        .map(each -> each.stream().map(StoredAnswer::prediction).toList())
                        .toList();
        var run = run(name);
        return new Measured(
                run,
                trainings.getFirst(),
                trainings.stream().skip(1).map(each -> new Measured.Training(run, each)).toList(),
                List.of(),
                Scores.ofTrainings(Metrics.of(task), predictions),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                0,
                0,
                0,
                new CandidateCost(price, 0));
    }

    private static Run run(String name) {
        return new Run(
                name,
                name,
                new Run.Recipe(
                        "simulated",
                        name,
                        ApproachName.of("zero-shot"),
                        "none",
                        1,
                        List.of(),
                        Map.of()),
                Optional.empty(),
                Optional.empty(),
                Map.of(),
                new Run.Setup(
                        0,
                        Map.of(),
                        0,
                        0,
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()),
                Optional.empty(),
                Machine.here(0),
                "simulated",
                Instant.EPOCH,
                Readers.everyone().clauses(),
                Readers.everyone().clauses());
    }
}
