package dev.sartor.benchmarks.verdict;

import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.CandidateCost;
import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.Verdict;
import dev.sartor.core.Readers;
import dev.sartor.core.Task;
import dev.sartor.evaluate.Scores;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Costs;
import dev.sartor.project.setting.Metrics;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// How often the verdict is right, over simulated tasks whose truth is known. An answer is right with the candidate's true accuracy;
/// half of the draws, by chance, are an example's own, which all candidates share, as some examples are hard for all of them.
final class VerdictBench {
    private static final double COMMON = 0.5;

    private final int tasks;
    private final double best;
    private final double margin;

    /// @param tasks to simulate in each cell
    /// @param best the true accuracy of the best candidate
    VerdictBench(int tasks, double best, double margin) {
        this.tasks = tasks;
        this.best = best;
        this.margin = margin;
    }

    /// One cell.
    ///
    /// @param coverage the share of all 95 % intervals of the difference of two candidates that hold the true one
    /// @param wrongShip the share of tasks in which a candidate is shipped that is in truth worse than the best by the margin
    /// @param rightShip the share of these tasks in which the best is shipped
    /// @param plainWrong what wrongShip would be by 95 % intervals against the best by score alone
    /// @param missed of tasks whose candidates are all equally good, the share in which the cheapest is not shipped
    record Cell(
            int examples,
            int candidates,
            int tasks,
            double coverage,
            double wrongShip,
            double rightShip,
            double plainWrong,
            double missed) {}

    Cell cell(int examples, int candidates, long seed) {
        var trials =
                IntStream.range(0, tasks)
                        .parallel()
                        .mapToObj(i -> trial(examples, candidates, seed * 1_000_003 + i))
                        .toList();
        return new Cell(
                examples,
                candidates,
                tasks,
                trials.stream().mapToDouble(Trial::coverage).average().orElse(0),
                share(trials.stream().filter(Trial::isWrong).count()),
                share(trials.stream().filter(Trial::isRight).count()),
                share(trials.stream().filter(Trial::isPlainWrong).count()),
                share(trials.stream().filter(Trial::isMissed).count()));
    }

    private double share(long count) {
        return (double) count / tasks;
    }

    private record Trial(
            double coverage,
            boolean isWrong,
            boolean isRight,
            boolean isPlainWrong,
            boolean isMissed) {}

    private Trial trial(int examples, int candidates, long seed) {
        var random = new SplittableRandom(seed);
        int first = random.nextInt(candidates);
        var accuracies = new double[candidates];
        Arrays.setAll(accuracies, i -> i == first ? best : best - margin);
        var apart = result(accuracies, examples, random);
        var equal = new double[candidates];
        Arrays.fill(equal, best);
        var alike = result(equal, examples, random);
        boolean ships = apart.verdict() instanceof Verdict.Ship;
        boolean isBest = apart.verdict().candidate().equals("c" + first);
        var cheapest =
                alike.candidates().stream()
                        .min((one, other) -> Double.compare(price(one), price(other)))
                        .orElseThrow();
        boolean found =
                alike.verdict() instanceof Verdict.Ship
                        && alike.verdict().candidate().equals(cheapest.name());
        return new Trial(
                coverage(apart, first),
                ships && !isBest,
                ships && isBest,
                isPlainWrong(apart, first),
                !found);
    }

    /// Whether the cheapest whose 95 % interval less the best by score lies above −margin is another than the best.
    private boolean isPlainWrong(TaskResult result, int first) {
        var best = result.best().name();
        var shipped =
                result.candidates().stream()
                        .sorted((one, other) -> Double.compare(price(one), price(other)))
                        .map(Measured::name)
                        .filter(name ->
                                name.equals(best)
                                        || result.pairings().stream()
                                                .anyMatch(pair -> isClose(pair, name, best)))
                        .findFirst()
                        .orElseThrow();
        return !shipped.equals("c" + first);
    }

    private boolean isClose(Pairing pair, String name, String best) {
        var found = pair.comparison();
        return (pair.first().equals(name) && pair.second().equals(best) && found.low() > -margin)
                || (pair.second().equals(name)
                        && pair.first().equals(best)
                        && -found.high() > -margin);
    }

    private static double price(Measured candidate) {
        return candidate.cost().perThousand(1);
    }

    private double coverage(TaskResult result, int first) {
        return result.pairings().stream()
                .mapToInt(pair -> {
                    double truth =
                            pair.first().equals("c" + first)
                                    ? margin
                                    : pair.second().equals("c" + first) ? -margin : 0;
                    var found = pair.comparison();
                    return found.low() <= truth && truth <= found.high() ? 1 : 0;
                })
                .average()
                .orElse(0);
    }

    /// @param accuracies the truth of each candidate; their prices differ, in random order
    private TaskResult result(double[] accuracies, int examples, SplittableRandom random) {
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
            var answers = new ArrayList<StoredAnswer>();
            for (int row = 0; row < examples; row++) {
                boolean isShared = random.nextDouble() < COMMON;
                double drawn = isShared ? difficulty[row] : random.nextDouble();
                answers.add(answer(row, drawn < accuracies[i]));
            }
            measured.add(measured("c" + i, answers, prices.get(i), task));
        }
        return TaskResult.of(
                task,
                new TaskResult.Candidates(measured, List.of(), List.of()),
                List.of(),
                new Costs("EUR", 1, 1, 0, 0, 0, Map.of()),
                List.of());
    }

    private static StoredAnswer answer(int row, boolean isRight) {
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
                0);
    }

    private static Measured measured(
            String name, List<StoredAnswer> answers, double price, Task task) {
        var predictions = answers.stream().map(StoredAnswer::prediction).toList();
        return new Measured(
                run(name),
                answers,
                List.of(),
                Scores.score(Metrics.of(task), predictions),
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
