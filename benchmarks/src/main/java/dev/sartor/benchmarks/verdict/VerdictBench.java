package dev.sartor.benchmarks.verdict;

import dev.sartor.compare.verdict.Measured;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.Verdict;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// How often the verdict is right, over simulated tasks whose truth is known.
final class VerdictBench {
    private final int tasks;
    private final double best;
    private final double margin;
    private final SimulatedTasks simulated;

    /// @param tasks to simulate in each cell
    /// @param best the true accuracy of the best candidate
    VerdictBench(int tasks, double best, double margin, SimulatedTasks.Nesting nesting) {
        this.tasks = tasks;
        this.best = best;
        this.margin = margin;
        this.simulated = new SimulatedTasks(margin, nesting);
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
        var apart = simulated.result(accuracies, examples, random);
        var equal = new double[candidates];
        Arrays.fill(equal, best);
        var alike = simulated.result(equal, examples, random);
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
}
