package dev.sartor.benchmarks.judge;

import dev.sartor.benchmarks.judge.JudgeBench.AgreementCell;
import dev.sartor.benchmarks.judge.JudgeBench.ScoreCell;
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
        name = "judge",
        description = {
            "How well a judge is known: simulated judges with known errors judge simulated pairs.",
            "The first table has the share of 95 %% intervals that hold the true κ and the true position bias, and how often the"
                    + " judge is refused; the second the share that holds the true win rate and the true difference of two"
                    + " candidates, beside what other ways to reckon with the judge's errors give. The judgements are of pairs of which"
                    + " neither answer is the better on the mean; the test rows have the win rate that is named."
        },
        footer = {"", "Example: sartor bench judge --simulations 100"})
public final class BenchJudgeCommand implements Callable<Integer> {
    /// κ with people about 0.6.
    private static final SimulatedJudge USUAL = new SimulatedJudge(0.05, 0.3);

    private static final List<SimulatedJudge> JUDGES =
            List.of(USUAL, new SimulatedJudge(0, 0.35), new SimulatedJudge(0.2, 0.1));

    /// On the test rows it errs half as often again as on the judgements.
    private static final SimulatedJudge WORSE = new SimulatedJudge(0.05, 0.45);

    private final Composition composition;

    @Option(names = "--simulations", description = "In each cell (default: ${DEFAULT-VALUE}).")
    int simulations = 1000;

    @Option(
            names = "--pairs",
            split = ",",
            paramLabel = "N",
            description = "Pairs that people judged (default: ${DEFAULT-VALUE}).")
    List<Integer> pairs = List.of(50, 100, 300);

    @Option(
            names = "--rows",
            split = ",",
            paramLabel = "N",
            description = "Test examples (default: ${DEFAULT-VALUE}).")
    List<Integer> rows = List.of(50, 250, 1000);

    @Option(names = "--seed", description = "Where chance starts (default: ${DEFAULT-VALUE}).")
    long seed = 1;

    @Option(names = "--json", description = "Print the cells as JSON.")
    boolean json;

    public BenchJudgeCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        refuseNonsense();
        var outcomes =
                List.of(new Outcomes(0.4, 0.2), new Outcomes(0.6, 0.2), new Outcomes(0.8, 0.1));
        var bench = new JudgeBench(simulations, seed);
        var agreements = new ArrayList<AgreementCell>();
        var scores = new ArrayList<ScoreCell>();
        var worse = new ArrayList<ScoreCell>();
        long cells = (long) pairs.size() * (JUDGES.size() + (rows.size() + 1L) * outcomes.size());
        try (var step = composition.console().begin("simulating", cells, "cells")) {
            for (int count : pairs) {
                for (var judge : JUDGES) {
                    agreements.add(bench.agreement(judge, count));
                    step.advance(1);
                }
                for (var each : outcomes) {
                    for (int examples : rows) {
                        scores.add(bench.scores(USUAL, USUAL, count, examples, each));
                        step.advance(1);
                    }
                    worse.add(bench.scores(USUAL, WORSE, count, rows.getLast(), each));
                    step.advance(1);
                }
            }
        }
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(whole(agreements, scores, worse))
                                : table(agreements) + "\n" + scoreTable(scores));
        return 0;
    }

    private void refuseNonsense() {
        Problems.refuseUnless(
                simulations >= 1, "--simulations", "at least 1", simulations, "1000 is usual");
        Problems.refuseUnless(
                pairs.stream().allMatch(each -> each >= 30),
                "--pairs",
                "at least 30 each",
                pairs,
                "100 is usual");
        Problems.refuseUnless(
                rows.stream().allMatch(each -> each >= 2),
                "--rows",
                "at least 2 each",
                rows,
                "250 is usual");
    }

    private Map<String, Object> whole(
            List<AgreementCell> agreements, List<ScoreCell> scores, List<ScoreCell> worse) {
        var whole = new LinkedHashMap<String, Object>();
        whole.put("simulations", simulations);
        whole.put("judge", Map.of("bias", USUAL.bias(), "noise", USUAL.noise()));
        whole.put("agreement", agreements.stream().map(BenchJudgeCommand::fields).toList());
        whole.put("scores", scores.stream().map(BenchJudgeCommand::fields).toList());
        whole.put("worse_on_test_rows", worse.stream().map(BenchJudgeCommand::fields).toList());
        return whole;
    }

    private static Map<String, Object> fields(AgreementCell cell) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("bias", cell.judge().bias());
        fields.put("noise", cell.judge().noise());
        fields.put("pairs", cell.pairs());
        fields.put("true_kappa", cell.trueKappa());
        fields.put("kappa_coverage", cell.kappa());
        fields.put("bias_coverage", cell.bias());
        fields.put("refused", cell.refused());
        return fields;
    }

    private static Map<String, Object> fields(ScoreCell cell) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("pairs", cell.pairs());
        fields.put("rows", cell.rows());
        fields.put("win_rate", cell.outcomes().winRate());
        fields.put("coverage", cell.corrected());
        fields.put("difference_coverage", cell.difference());
        fields.put("as_judged", cell.asJudged());
        fields.put("prediction_powered", cell.predictionPowered());
        fields.put("judgements_taken_for_exact", cell.judgementsTaken());
        return fields;
    }

    private static String table(List<AgreementCell> cells) {
        var table = new Table(">pairs", ">bias", ">true κ", ">κ held", ">bias held", ">refused");
        for (var cell : cells) {
            table.row(
                    cell.pairs(),
                    figure(cell.judge().bias()),
                    figure(cell.trueKappa()),
                    figure(cell.kappa()),
                    figure(cell.bias()),
                    figure(cell.refused()));
        }
        return table + "\n";
    }

    private static String scoreTable(List<ScoreCell> cells) {
        var table =
                new Table(
                        ">pairs",
                        ">rows",
                        ">win rate",
                        ">held",
                        ">difference held",
                        ">as judged",
                        ">prediction-powered",
                        ">judgements taken for exact");
        for (var cell : cells) {
            table.row(
                    cell.pairs(),
                    cell.rows(),
                    figure(cell.outcomes().winRate()),
                    figure(cell.corrected()),
                    figure(cell.difference()),
                    figure(cell.asJudged()),
                    figure(cell.predictionPowered()),
                    figure(cell.judgementsTaken()));
        }
        return table.toString();
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
