package dev.sartor.cli.runs;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.AskerOptions;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.compare.run.Figures;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.studio.read.ExampleCsv;
import dev.sartor.studio.read.ExampleFilter;
import dev.sartor.studio.read.ExampleSearch;
import dev.sartor.studio.read.ExampleTable;
import dev.sartor.studio.read.ProjectPlace;
import dev.sartor.studio.read.StudioProjects;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

@Command(
        name = "answers",
        description = {
            "Show a task's test examples with every candidate's answer.",
            "Those come first on which the candidates disagree most, as in `sartor studio`.",
            "Long texts are shown and searched by their beginnings; --example shows one whole."
        },
        footer = {
            "",
            "Example: sartor runs answers route --label billing --by tuned --said repair",
            "         sartor runs answers route --first tuned --second few-shot --outcome second --csv",
            "         sartor runs answers route --example test-17"
        })
final class RunsAnswersCommand implements Callable<Integer> {
    private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 2;

    private final Composition composition;

    @Parameters(paramLabel = "TASK", description = "The task's name in sartor.yaml.")
    String task = "";

    @Mixin ProjectOption project = new ProjectOption();

    @Mixin AskerOptions asker = new AskerOptions();

    @ArgGroup(exclusive = false, validate = false, heading = "Which examples:%n")
    Wanted wanted = new Wanted();

    @Option(
            names = "--example",
            paramLabel = "ID",
            description = "This example alone, whole: passages and answers, of every candidate.")
    Optional<String> example = Optional.empty();

    @Option(names = "--csv", description = "Print all of them as CSV.")
    boolean csv;

    @Option(names = "--json", description = "Print them as JSON.")
    boolean json;

    /// What is left of the examples, and how much of that.
    static final class Wanted {
        @Option(names = "--label", paramLabel = "TEXT", description = "The right answer.")
        Optional<String> label = Optional.empty();

        @Option(
                names = "--by",
                paramLabel = "CANDIDATE",
                description = "Which candidate said --said.")
        Optional<String> by = Optional.empty();

        @Option(names = "--said", paramLabel = "TEXT", description = "What --by answered.")
        Optional<String> said = Optional.empty();

        @Option(
                names = "--first",
                paramLabel = "CANDIDATE",
                description = "Of two candidates that answered differently, the first.")
        Optional<String> first = Optional.empty();

        @Option(names = "--second", paramLabel = "CANDIDATE", description = "The second.")
        Optional<String> second = Optional.empty();

        @Option(
                names = "--outcome",
                paramLabel = "HOW",
                description = "How they must differ: differ, first (is better), second.")
        String outcome = "differ";

        @Option(
                names = "--text",
                paramLabel = "TEXT",
                description = "What the question, a right answer or an answer must hold.")
        Optional<String> text = Optional.empty();

        @Option(
                names = "--sort",
                paramLabel = "ORDER",
                description = "disagreement (default), hardest, file.")
        String sort = "disagreement";

        @Option(
                names = "--most",
                paramLabel = "N",
                description = "How many are shown (default: ${DEFAULT-VALUE}); --csv has all.")
        int most = 20;

        ExampleFilter filter() {
            together("--by", by, "--said", said);
            together("--first", first, "--second", second);
            Problems.refuseUnless(
                    first.isEmpty() || !first.equals(second),
                    "--second",
                    "another candidate than --first",
                    second.orElse(""),
                    "leave both out for all examples");
            Problems.refuseUnless(most >= 1, "--most", "1 or more", most, "leave it out for 20");
            int length = text.map(String::length).orElse(0);
            Problems.refuseUnless(
                    length <= ExampleFilter.LONGEST_TEXT,
                    "--text",
                    "at most " + ExampleFilter.LONGEST_TEXT + " characters",
                    length,
                    "give the beginning");
            var order =
                    known(
                            "--sort",
                            sort,
                            ExampleFilter.Order.of(sort),
                            "disagreement, hardest or file");
            var how =
                    known(
                            "--outcome",
                            outcome,
                            ExampleFilter.Outcome.of(outcome),
                            "differ, first or second");
            return new ExampleFilter(
                    label,
                    by.map(each -> new ExampleFilter.Cell(each, said.orElseThrow())),
                    first.map(each -> new ExampleFilter.Pair(each, second.orElseThrow(), how)),
                    text,
                    order);
        }

        /// Of a name that no candidate has, the user's mistake.
        void check(List<String> candidates) {
            Stream.of(by, first, second)
                    .flatMap(Optional::stream)
                    .filter(each -> !candidates.contains(each))
                    .findFirst()
                    .ifPresent(each -> {
                        throw SartorException.user(
                                "no candidate '"
                                        + each
                                        + "' has answered the test examples."
                                        + Nearest.advice(each, candidates));
                    });
        }

        private static void together(
                String option, Optional<String> value, String other, Optional<String> otherValue) {
            Problems.refuseUnless(
                    value.isPresent() == otherValue.isPresent(),
                    option + " and " + other,
                    "given together",
                    (value.isPresent() ? option : other) + " alone",
                    "give both, or neither");
        }

        private static <T> T known(String option, String said, Optional<T> value, String rule) {
            Problems.refuseUnless(
                    value.isPresent(), option, rule, said, "leave it out for the usual");
            return value.orElseThrow();
        }
    }

    RunsAnswersCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var filter = wanted.filter();
        var search = search(project.read());
        wanted.check(search.table().candidates());
        if (example.isPresent()) {
            composition.console().print(Json.pretty(whole(search.table(), example.get())));
        } else if (csv) {
            composition.console().printExactly(ExampleCsv.of(search, filter));
        } else {
            composition
                    .console()
                    .print(json ? Json.pretty(rows(search, filter)) : text(search, filter));
        }
        return 0;
    }

    private ExampleSearch search(Project read) {
        if (read.task(task).isEmpty()) {
            throw SartorException.user(
                    "there is no task '"
                            + task
                            + "' in "
                            + Project.FILE
                            + "."
                            + Nearest.advice(task, read.taskNames()));
        }
        var folder = project.absolute();
        return new StudioProjects(folder, MOST_BYTES)
                .examples(
                        new ProjectPlace(".", folder),
                        task,
                        run -> asker.mayRead(run.maySeeAnswers()))
                .orElseThrow(() ->
                        SartorException.user(
                                "no candidate of the task '"
                                        + task
                                        + "' has answered the test examples"
                                        + (asker.areGiven()
                                                ? " that the one who is named may see."
                                                : ": run `sartor compare`.")));
    }

    private String text(ExampleSearch search, ExampleFilter filter) {
        var found = search.rows(filter);
        var table = new Table("EXAMPLE", "RIGHT", "CANDIDATE", ">SCORE", "ANSWER");
        for (int row : found.subList(0, Math.min(wanted.most, found.size()))) {
            for (int column = 0; column < search.table().candidates().size(); column++) {
                var said = search.table().said(row, column);
                if (said.isPresent()) {
                    table.row(
                            search.table().id(row),
                            line(search.table().reference(row)),
                            said.get().candidate(),
                            Figures.score(said.get().score()),
                            line(said.get().text()));
                }
            }
        }
        return table
                + String.format(
                        Locale.ROOT,
                        "%n%,d of %,d examples are like that.",
                        found.size(),
                        search.table().rows());
    }

    /// Of a text of several lines, what stands in one.
    private static String line(String text) {
        return text.replace('\n', ' ').strip();
    }

    private ObjectNode rows(ExampleSearch search, ExampleFilter filter) {
        var table = search.table();
        var found = search.rows(filter);
        var all = Json.mapper().createObjectNode();
        all.put("found", found.size()).put("of", table.rows());
        var rows = all.putArray("examples");
        for (int row : found.subList(0, Math.min(wanted.most, found.size()))) {
            var one = rows.addObject();
            one.put("id", table.id(row))
                    .put("question", table.question(row))
                    .put("reference", table.reference(row))
                    .put("disagreement", table.disagreement(row));
            var answers = one.putArray("answers");
            for (int column = 0; column < table.candidates().size(); column++) {
                table.said(row, column)
                        .ifPresent(said ->
                                answers.addObject()
                                        .put("candidate", said.candidate())
                                        .put("answer", said.text())
                                        .put("score", said.score()));
            }
        }
        return all;
    }

    private static ObjectNode whole(ExampleTable table, String id) {
        int row =
                table.row(id)
                        .orElseThrow(() ->
                                SartorException.user(
                                        "there is no example '"
                                                + id
                                                + "': leave out --example for a table of all."));
        var one = Json.mapper().createObjectNode();
        one.put("id", table.id(row));
        var answers = one.putObject("answers");
        IntStream.range(0, table.candidates().size())
                .forEach(column ->
                        table.whole(row, column)
                                .ifPresent(answer ->
                                        answers.set(
                                                table.candidates().get(column),
                                                Json.mapper().readTree(RunJson.line(answer)))));
        return one;
    }
}
