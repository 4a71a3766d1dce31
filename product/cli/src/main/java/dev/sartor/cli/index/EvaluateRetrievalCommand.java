package dev.sartor.cli.index;

import dev.sartor.cli.console.Table;
import dev.sartor.cli.option.Composition;
import dev.sartor.core.Json;
import dev.sartor.evaluate.retrieval.Qrels;
import dev.sartor.evaluate.retrieval.RankingMetric;
import dev.sartor.evaluate.retrieval.RetrievalScores;
import dev.sartor.evaluate.retrieval.TrecRun;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "retrieval",
        description = {
            "Measure what a search found against what was judged relevant, as trec_eval does.",
            "A judged question that the run does not answer counts 0."
        },
        footer = {
            "",
            "Example: sartor evaluate retrieval --run hybrid.trec --qrels qrels.trec --against bm25.trec"
        })
public final class EvaluateRetrievalCommand implements Callable<Integer> {
    private final Composition composition;

    @Option(
            names = "--run",
            required = true,
            paramLabel = "FILE",
            description = "What was found: lines 'question Q0 document rank score name'.")
    Path run = Path.of("");

    @Option(
            names = "--qrels",
            required = true,
            paramLabel = "FILE",
            description =
                    "What is relevant: lines 'question 0 document relevance', or BEIR's table.")
    Path qrels = Path.of("");

    @Option(
            names = "--against",
            paramLabel = "FILE",
            description = "Another run: the differences with their paired 95 %% intervals.")
    Optional<Path> against = Optional.empty();

    @Option(
            names = "--metric",
            split = ",",
            paramLabel = "NAME",
            description =
                    "ndcg, recall, mrr, map, each with a cut such as @10 or without"
                            + " (ndcg@10,recall@5,recall@100,mrr,map).")
    List<String> metrics = List.of();

    @Option(names = "--json", description = "Print the figures as JSON.")
    boolean json;

    public EvaluateRetrievalCommand(Composition composition) {
        this.composition = composition;
    }

    @Override
    public Integer call() {
        var wanted =
                metrics.isEmpty()
                        ? RankingMetric.usual()
                        : metrics.stream().map(RankingMetric::named).distinct().toList();
        var judged = Qrels.read(qrels);
        var scores = RetrievalScores.of(judged, TrecRun.read(run), wanted);
        var other = against.map(file -> RetrievalScores.of(judged, TrecRun.read(file), wanted));
        composition
                .console()
                .print(json ? Json.pretty(fields(scores, other)) : text(scores, other));
        return 0;
    }

    private static String text(RetrievalScores scores, Optional<RetrievalScores> other) {
        var table =
                other.isEmpty()
                        ? new Table("metric", ">score", "95 % interval")
                        : new Table(
                                "metric",
                                ">score",
                                "95 % interval",
                                ">other",
                                ">difference",
                                "95 % interval",
                                ">p");
        for (var metric : scores.metrics()) {
            var figure = scores.figure(metric);
            var value = number(figure.value());
            var interval = number(figure.low()) + " to " + number(figure.high());
            if (other.isEmpty()) {
                table.row(metric, value, interval);
            } else {
                var pair = scores.against(other.get(), metric);
                table.row(
                        metric,
                        value,
                        interval,
                        number(other.get().figure(metric).value()),
                        signed(pair.difference()),
                        signed(pair.low()) + " to " + signed(pair.high()),
                        String.format(Locale.ROOT, "%.3g", pair.p()));
            }
        }
        return table
                + String.format(Locale.ROOT, "%n%,d judged questions", scores.questions())
                + (scores.unanswered() == 0
                        ? ""
                        : String.format(
                                Locale.ROOT,
                                ", %,d of them without any document in the run",
                                scores.unanswered()));
    }

    private static Map<String, Object> fields(
            RetrievalScores scores, Optional<RetrievalScores> other) {
        var fields = new LinkedHashMap<String, Object>();
        fields.put("questions", scores.questions());
        fields.put("unanswered", scores.unanswered());
        var byMetric = new LinkedHashMap<String, Object>();
        for (var metric : scores.metrics()) {
            var figure = new LinkedHashMap<String, Object>();
            figure.put("score", scores.figure(metric));
            other.ifPresent(run -> {
                figure.put("other", run.figure(metric));
                figure.put("difference", scores.against(run, metric));
            });
            byMetric.put(metric.toString(), figure);
        }
        fields.put("metrics", byMetric);
        return fields;
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.4f", value);
    }

    private static String signed(double value) {
        return String.format(Locale.ROOT, "%+.4f", value);
    }
}
