package dev.sartor.cli.fit;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.Pairing;
import dev.sartor.compare.verdict.TaskResult;
import dev.sartor.compare.verdict.TestSizes;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.evaluate.statistics.SampleSize;
import dev.sartor.project.Project;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "plan",
        description = {
            "How many test examples it takes to tell candidates apart.",
            "Before anything is labelled by how often two candidates may disagree; after a comparison by how often its candidates"
                    + " did. Enough is what shows, with the power asked for, that one of two equally good candidates is less than the"
                    + " margin worse than the other."
        },
        footer = {
            "",
            "Examples:",
            "  sartor plan --margin 0.05 --candidates 4",
            "  sartor plan --project my-desk --task route"
        })
public final class PlanCommand implements Callable<Integer> {
    private static final List<Double> DISAGREEMENTS = List.of(0.05, 0.1, 0.2, 0.3);

    private final Composition composition;

    @Mixin ProjectOption project = new ProjectOption();

    @Option(
            names = "--task",
            paramLabel = "NAME",
            description = "One of the project's tasks (default: all).")
    Optional<String> task = Optional.empty();

    @Option(
            names = "--margin",
            paramLabel = "M",
            description = "Plan for this margin, 0 to 1, whatever a project says.")
    Optional<Double> margin = Optional.empty();

    @Option(
            names = "--candidates",
            paramLabel = "N",
            description = "How many candidates will be compared (default: ${DEFAULT-VALUE}).")
    int candidates = 2;

    @Option(
            names = "--power",
            paramLabel = "P",
            description = "The chance to find out, 0 to 1 (default: ${DEFAULT-VALUE}).")
    double power = 0.8;

    @Mixin AskerOptions asker = new AskerOptions();

    @Option(names = "--json", description = "Print the sizes as JSON.")
    boolean json;

    public PlanCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        Problems.refuseUnless(
                candidates >= 2, "--candidates", "at least 2", candidates, "4 is usual");
        Problems.refuseUnless(
                power > 0 && power < 1, "--power", "between 0 and 1", power, "0.8 is usual");
        var plans = margin.map(each -> List.of(before("any task", each))).orElseGet(this::tasks);
        composition
                .console()
                .print(
                        json
                                ? Json.pretty(plans.stream().map(Plan::fields).toList())
                                : String.join("\n", plans.stream().map(Plan::text).toList())
                                        .strip());
        return 0;
    }

    private List<Plan> tasks() {
        if (!Files.isRegularFile(project.absolute().resolve(Project.FILE))) {
            throw SartorException.user(
                    "there is no "
                            + Project.FILE
                            + " in "
                            + project.absolute()
                            + ": name a project with --project, or a margin with --margin, such as --margin 0.05");
        }
        var read = project.read();
        task.filter(name -> read.task(name).isEmpty())
                .ifPresent(name -> {
                    throw SartorException.user(
                            "there is no task '"
                                    + name
                                    + "'."
                                    + Nearest.advice(name, read.taskNames()));
                });
        return read.tasks().stream()
                .filter(each -> task.isEmpty() || task.get().equals(each.name()))
                .map(each ->
                        project.runs()
                                .standing(each.name(), read)
                                .filter(result -> result.candidates().size() > 1)
                                .map(result -> after(each.name(), result))
                                .orElseGet(() -> before(each.name(), each.margin())))
                .toList();
    }

    /// What is printed of one task.
    private record Plan(String text, Map<String, Object> fields) {}

    private Plan before(String name, double least) {
        double error = Pairing.simultaneousError(candidates);
        var table = new Table(">they disagree on", ">test examples");
        var sizes = new ArrayList<Map<String, Object>>();
        for (double apart : DISAGREEMENTS) {
            int needed = SampleSize.needed(least, apart, power, error);
            table.row(Figures.percent(apart), needed);
            sizes.add(Map.of("disagreement", apart, "needed", needed));
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("task", name);
        fields.put("margin", least);
        fields.put("candidates", candidates);
        fields.put("power", power);
        fields.put("sizes", sizes);
        var text =
                String.format(
                        Locale.ROOT,
                        "%s: a margin of %s points, %d candidates, a power of %s; two fair candidates disagree on some 20 %%.%n%s",
                        name,
                        Figures.plainPoints(least),
                        candidates,
                        Figures.percent(power),
                        table);
        return new Plan(text, fields);
    }

    private Plan after(String name, TaskResult result) {
        result.candidates()
                .forEach(each ->
                        asker.require(
                                each.run().maySeeAnswers(),
                                "the comparison of task '" + name + "'"));
        var table =
                new Table(
                        "candidate",
                        ">points to best",
                        ">they disagree on",
                        ">power now",
                        ">needed");
        var pairs = TestSizes.of(result, power);
        for (var pair : pairs) {
            table.row(
                    pair.candidate(),
                    Figures.points(pair.difference()),
                    Figures.percent(pair.disagreement()),
                    Figures.percent(pair.power()),
                    pair.needed());
        }
        var fields = new LinkedHashMap<String, Object>();
        fields.put("task", name);
        fields.put("margin", result.task().margin());
        fields.put("power", power);
        fields.put("test_rows", result.testRows());
        fields.put("best", result.best().name());
        fields.put("pairs", pairs);
        var text =
                String.format(
                        Locale.ROOT,
                        "%s: %d test examples, a margin of %s points; the best is %s. Needed: test examples for a power of %s.%n%s",
                        name,
                        result.testRows(),
                        Figures.plainPoints(result.task().margin()),
                        result.best().name(),
                        Figures.percent(power),
                        table);
        return new Plan(text, fields);
    }
}
