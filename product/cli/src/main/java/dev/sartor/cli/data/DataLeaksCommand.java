package dev.sartor.cli.data;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.UseOption;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.curate.LeakSearch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "leaks",
        description = {
            "Look for test rows that also stand in the training rows, as they are or nearly.",
            "",
            "Exits 1 where there are any. Kinds: exact; folded, but for case, space and punctuation; thirteen_gram, thirteen words"
                    + " in a row; near, by their characters; semantic, by their vectors."
        },
        footer = {
            "",
            "Example: sartor data leaks test.jsonl --against train.jsonl",
            "         sartor data leaks test.jsonl --against train.jsonl --against validation.jsonl --semantic 0.9 --json",
            "         sartor data leaks --benchmark arc_easy,gsm8k --data benchmarks --against train.jsonl"
        })
final class DataLeaksCommand implements Callable<Integer> {
    private static final int MOST_SHOWN = 20;

    private final Composition composition;

    @Parameters(paramLabel = "TEST", arity = "0..*", description = "The rows that are looked for.")
    List<Path> tests = List.of();

    @Option(
            names = "--benchmark",
            paramLabel = "NAME,…",
            split = ",",
            description =
                    "Also look for the items of these public benchmarks, such as arc_easy,gsm8k: each text of at least "
                            + BenchmarkTexts.FEWEST_WORDS
                            + " words.")
    List<String> benchmarks = List.of();

    @Option(
            names = "--data",
            paramLabel = "NAME=PATH",
            description = "Where their rows lie, as `sartor benchmark` takes it. May be repeated.")
    List<String> data = List.of();

    @Option(
            names = "--against",
            paramLabel = "FILE",
            required = true,
            description = "The rows among which they must not be. May be repeated.")
    List<Path> against = List.of();

    @Option(
            names = "--threshold",
            paramLabel = "SHARE",
            description = "How alike near rows are at least, 0.6 to 1 (default: ${DEFAULT-VALUE}).")
    double threshold = 0.8;

    @Option(
            names = "--semantic",
            paramLabel = "COSINE",
            description = "Also tell rows whose vectors have at least this cosine.")
    Optional<Double> semantic = Optional.empty();

    @Option(names = "--json", description = "Print all pairs as JSON.")
    boolean json;

    @Mixin ColumnOptions columns = new ColumnOptions();

    @Mixin EmbedderOption embedder = new EmbedderOption();

    @Mixin UseOption use = new UseOption();

    DataLeaksCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        if (tests.isEmpty() && benchmarks.isEmpty()) {
            throw SartorException.user(
                    "there is nothing to look for: name test rows, or benchmarks with --benchmark.");
        }
        var console = composition.console();
        try (var work = RowWork.open(composition, columns, embedder.orUsual(), use.use)) {
            var texts =
                    new BenchmarkTexts(
                            work.source().work().resolve("benchmarks"),
                            columns.text.orElse("text"));
            var all = new ArrayList<>(tests);
            if (!benchmarks.isEmpty()) {
                all.addAll(texts.files(benchmarks, data));
            }
            var found =
                    texts.named(
                            new LeakSearch(work.source(), threshold, semantic, work::embedder)
                                    .find(all, against));
            console.print(json ? Json.pretty(found) : text(found));
            return found.pairs().isEmpty() ? 0 : 1;
        }
    }

    private static String text(LeakSearch.Found found) {
        var text = new StringBuilder();
        found.notes().forEach(note -> text.append("note: ").append(note).append('\n'));
        int leaking = found.leaking().values().stream().mapToInt(Integer::intValue).sum();
        if (leaking == 0) {
            return text.append(
                            String.format(
                                    Locale.ROOT,
                                    "None of %,d rows stands among the other %,d, as it is or nearly.",
                                    found.rows(),
                                    found.against()))
                    .toString();
        }
        var table = new Table("ROW", "KIND", ">SCORE", "IS LIKE", "ITS TEXT");
        found.pairs().stream()
                .limit(MOST_SHOWN)
                .forEach(each ->
                        table.row(
                                each.test().file() + ":" + each.test().line(),
                                each.kind(),
                                String.format(Locale.ROOT, "%.2f", each.score()),
                                each.other().file() + ":" + each.other().line(),
                                each.test().text().replaceAll("\\s+", " ")));
        text.append(table).append('\n');
        if (found.pairs().size() > MOST_SHOWN) {
            text.append("and ")
                    .append(found.pairs().size() - MOST_SHOWN)
                    .append(" more pairs; --json prints all\n");
        }
        return text.append(
                        String.format(
                                Locale.ROOT,
                                "%n%,d of %,d rows also stand among the other %,d: %s.%nNext: sartor data clean --against, which"
                                        + " removes them from the others.",
                                leaking,
                                found.rows(),
                                found.against(),
                                String.join(
                                        ", ",
                                        found.leaking().entrySet().stream()
                                                .sorted(java.util.Map.Entry.comparingByKey())
                                                .map(each -> each.getValue() + " " + each.getKey())
                                                .toList())))
                .toString();
    }
}
