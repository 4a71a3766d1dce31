package dev.sartor.benchmarks.verdict;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "verdict",
        description = {
            "How often the verdict is right: tasks are simulated whose candidates' true accuracies are known.",
            "In each cell one candidate is the best and all others are worse by exactly the margin: coverage is the share of"
                    + " the 95 %% intervals that hold the true difference, wrong the share of tasks that ship another than the"
                    + " best, plain wrong what it would be by 95 %% intervals against the best by score alone, right the share that ship it; the rest are too small to tell. In as many tasks all candidates are"
                    + " equally good: missed is the share of them in which the cheapest is not shipped."
        },
        footer = {"", "Example: sartor bench verdict --tasks 200 --examples 250 --candidates 2,8"})
public final class BenchVerdictCommand implements Callable<Integer> {
    private final Composition composition;

    @Option(names = "--tasks", description = "Tasks in each cell (default: ${DEFAULT-VALUE}).")
    int tasks = 2000;

    @Option(
            names = "--examples",
            split = ",",
            paramLabel = "N",
            description = "Test examples of a task (default: ${DEFAULT-VALUE}).")
    List<Integer> examples = List.of(50, 250, 1000);

    @Option(
            names = "--candidates",
            split = ",",
            paramLabel = "N",
            description = "Candidates of a task (default: ${DEFAULT-VALUE}).")
    List<Integer> candidates = List.of(2, 8, 40);

    @Option(
            names = "--best",
            description = "The best candidate's true accuracy (default: ${DEFAULT-VALUE}).")
    double best = 0.8;

    @Option(names = "--margin", description = "The task's margin (default: ${DEFAULT-VALUE}).")
    double margin = 0.08;

    @Option(
            names = "--group-size",
            description = "Examples that go right or wrong together (default: ${DEFAULT-VALUE}).")
    int groupSize = 1;

    @Option(
            names = "--seeds",
            description = "Trainings of each candidate (default: ${DEFAULT-VALUE}).")
    int seeds = 1;

    @Option(
            names = "--seed-deviation",
            description =
                    "Standard deviation of the trainings' true accuracies (default: ${DEFAULT-VALUE}).")
    double deviation = 0.02;

    @Option(names = "--seed", description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(names = "--json", description = "Print the cells as JSON.")
    boolean json;

    public BenchVerdictCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        Problems.refuseUnless(tasks >= 1, "--tasks", "at least 1", tasks, "2000 is usual");
        Problems.refuseUnless(
                examples.stream().allMatch(each -> each >= 2),
                "--examples",
                "at least 2 each",
                examples,
                "250 is usual");
        Problems.refuseUnless(
                candidates.stream().allMatch(each -> each >= 2),
                "--candidates",
                "at least 2 each",
                candidates,
                "8 is usual");
        Problems.refuseUnless(
                margin > 0 && best < 1 && best - margin > 0,
                "--margin",
                "over 0 and below --best, which is below 1",
                margin,
                "0.08 is usual");
        Problems.refuseUnless(
                groupSize >= 1 && examples.stream().allMatch(each -> each >= 2 * groupSize),
                "--group-size",
                "at least 1, and two groups of examples at least",
                groupSize,
                "5 is usual");
        Problems.refuseUnless(
                seeds >= 1 && seeds <= 20, "--seeds", "from 1 to 20", seeds, "3 is usual");
        Problems.refuseUnless(
                deviation >= 0 && deviation <= 0.1,
                "--seed-deviation",
                "from 0 to 0.1",
                deviation,
                "0.02 is usual");
        var nesting = new SimulatedTasks.Nesting(groupSize, seeds, deviation);
        var bench = new VerdictBench(tasks, best, margin, nesting);
        var cells = new ArrayList<VerdictBench.Cell>();
        try (var step =
                composition
                        .console()
                        .begin("simulating", (long) examples.size() * candidates.size(), "cells")) {
            for (int rows : examples) {
                for (int count : candidates) {
                    cells.add(bench.cell(rows, count, seed));
                    step.advance(1);
                }
            }
        }
        composition.console().print(json ? Json.pretty(whole(cells)) : table(cells));
        return 0;
    }

    private Map<String, Object> whole(List<VerdictBench.Cell> cells) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("best", best);
        whole.put("margin", margin);
        whole.put("group_size", groupSize);
        whole.put("seeds", seeds);
        if (seeds > 1) {
            whole.put("seed_deviation", deviation);
        }
        whole.put("cells", cells.stream().map(BenchVerdictCommand::fields).toList());
        return whole;
    }

    private static Map<String, Object> fields(VerdictBench.Cell cell) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("examples", cell.examples());
        fields.put("candidates", cell.candidates());
        fields.put("tasks", cell.tasks());
        fields.put("coverage", cell.coverage());
        fields.put("wrong_ship", cell.wrongShip());
        fields.put("plain_wrong", cell.plainWrong());
        fields.put("right_ship", cell.rightShip());
        fields.put("missed", cell.missed());
        return fields;
    }

    private static String table(List<VerdictBench.Cell> cells) {
        var table =
                new Table(
                        ">examples",
                        ">candidates",
                        ">coverage",
                        ">wrong",
                        ">plain wrong",
                        ">right",
                        ">missed");
        for (var cell : cells) {
            table.row(
                    cell.examples(),
                    cell.candidates(),
                    figure(cell.coverage()),
                    figure(cell.wrongShip()),
                    figure(cell.plainWrong()),
                    figure(cell.rightShip()),
                    figure(cell.missed()));
        }
        return table.toString();
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
