package dev.sartor.cli.fit;

import dev.sartor.cli.console.OutputFile;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.Comparison;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.verdict.ComparisonResult;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "compare",
        description = {
            "Measure every candidate on the same test examples and say which to ship.",
            "What is finished is not done again: started anew, it goes on."
        },
        footer = {"", "Example: sartor compare --project helpdesk --report report.html"})
public final class CompareCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            arity = "0..*",
            paramLabel = "TASK",
            description = "Tasks of the project (default: all).")
    List<String> tasks = List.of();

    @Mixin ProjectOption project = new ProjectOption();

    @Option(
            names = "--report",
            paramLabel = "FILE",
            description =
                    "Where to write the report (default: report.html in the project; report-TASK.html where tasks are named).")
    Path report = Path.of("");

    @Option(names = "--json", description = "Print all figures as JSON.")
    boolean json;

    public CompareCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var result = compare(composition, project, tasks, report);
        composition.console().print(json ? result.json() : ComparisonText.of(result.figures()));
        return result.exitCode();
    }

    /// Compares and writes the report.
    static ComparisonResult compare(
            Composition composition, ProjectOption option, List<String> tasks, Path report) {
        var file =
                report.toString().isEmpty()
                        ? option.absolute().resolve(name(tasks))
                        : report.toAbsolutePath();
        var project = option.read();
        OutputFile.refuseUnlessWritable("--report", file);
        try (var open = OpenProject.of(project, option.absolute(), composition)) {
            open.askForKeys();
            try (var _ = open.lock("compare");
                    var interrupts = composition.interrupts()) {
                var around = open.around(interrupts.cancellation());
                var comparison = new Comparison(open.project(), open.folder(), around);
                var result = tasks.isEmpty() ? comparison.run() : comparison.run(tasks);
                Report.write(result, file, Instant.now());
                composition.console().say("The report is " + file);
                return result;
            }
        }
    }

    /// A comparison of some tasks leaves the whole report as it is.
    private static String name(List<String> tasks) {
        return tasks.isEmpty() ? "report.html" : "report-" + String.join("-", tasks) + ".html";
    }

    /// @param file where the figures go, as `--json` prints them
    static void write(ComparisonResult result, Path file) {
        AtomicFile.write(file, result.json() + "\n");
    }
}
