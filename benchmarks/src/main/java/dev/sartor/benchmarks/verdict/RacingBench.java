package dev.sartor.benchmarks.verdict;

import dev.sartor.compare.verdict.Standings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;

/// Races that are run again and again over stored answers: in each, the candidates answer other examples, drawn from all that
/// they answered, whose means are taken for the truth.
final class RacingBench {
    private final List<Runner> runners;
    private final double margin;

    /// @param runners in the order in which they race
    RacingBench(List<Runner> runners, double margin) {
        this.runners = List.copyOf(runners);
        this.margin = margin;
    }

    /// @param scores of each example by its id, 0 to 1
    record Runner(String name, Map<String, Double> scores) {
        double mean() {
            return scores.values().stream()
                    .mapToDouble(Double::doubleValue)
                    .average()
                    .orElseThrow();
        }
    }

    /// What came of all replays.
    ///
    /// @param lost replays in which somebody was dropped who is better than all that were kept by more than the margin
    /// @param bestDropped replays in which whoever is truly the best was dropped
    /// @param answered the share of the answers that were asked for, of all to all examples of the races
    /// @param kept how many candidates met the test examples, on the mean
    record Result(int replays, int rows, int lost, int bestDropped, double answered, double kept) {}

    /// @param rows examples of each race
    Result run(int replays, int rows, long seed) {
        var ids = new ArrayList<>(runners.getFirst().scores().keySet());
        Collections.sort(ids);
        var random = new Random(seed);
        int lost = 0;
        int bestDropped = 0;
        long answered = 0;
        long kept = 0;
        double best = runners.stream().mapToDouble(Runner::mean).max().orElseThrow();
        for (int replay = 0; replay < replays; replay++) {
            Collections.shuffle(ids, random);
            var race = race(List.copyOf(ids.subList(0, rows)));
            answered += race.answered();
            kept += race.kept().size();
            double bestKept = race.kept().stream().mapToDouble(Runner::mean).max().orElseThrow();
            lost += best > bestKept + margin ? 1 : 0;
            bestDropped += best > bestKept ? 1 : 0;
        }
        double all = (double) replays * rows * runners.size();
        return new Result(
                replays, rows, lost, bestDropped, answered / all, (double) kept / replays);
    }

    private record Raced(List<Runner> kept, long answered) {}

    private Raced race(List<String> rows) {
        var standings = new Standings(rows, margin, runners.size());
        var in = new ArrayList<Runner>();
        long answered = 0;
        for (var runner : runners) {
            var scores =
                    rows.stream()
                            .mapToDouble(id -> runner.scores().getOrDefault(id, 0.0))
                            .toArray();
            int stopped = stop(standings, scores);
            answered += stopped;
            if (stopped == scores.length && !standings.isBeaten(scores)) {
                standings.enter(
                        new Standings.Entrant(runner.name(), runner.name(), runner.scores()));
                in.add(runner);
            }
        }
        in.removeIf(runner ->
                standings.isBeaten(
                        standings.inOrder(standings.entrant(runner.name()).orElseThrow())));
        return new Raced(in, answered);
    }

    /// After how many examples the candidate is out, or all of them.
    private static int stop(Standings standings, double[] scores) {
        return standings.looks().stream()
                .filter(look -> standings.isBeaten(Arrays.copyOf(scores, look)))
                .findFirst()
                .orElse(scores.length);
    }
}
