package dev.sartor.generate.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Json;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Progress;
import dev.sartor.generate.AdapterSlots;
import dev.sartor.generate.Continuation;
import dev.sartor.generate.Generator;
import dev.sartor.generate.LanguageModel;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Adapters;
import dev.sartor.model.file.Networks;
import dev.sartor.model.gguf.RoundedWeights;
import dev.sartor.tensor.DType;
import dev.sartor.tokenizer.Tokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import tools.jackson.databind.JsonNode;

/// Multiple choice by likelihood over the first rows of six benchmarks, item by item beside what transformers computes:
/// SmolLM2 with its weights rounded to bf16, in fp32. Run with `-Dtiers.excluded= -Dtest=ChoiceScoresBench -pl generate
/// -am`, and with -Dbenchmarks=FOLDER of JSONL files, -Dreferences=JSON of log-likelihoods and -Dout=JSON to write. With
/// -Dsuites=piqa,winogrande only those are run, and their results join what the JSON of an earlier run has.
@Tag("bench")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChoiceScoresBench {
    private static final double TOLERANCE = 2e-2;
    private static final double GOAL = 0.99;

    private final Path gguf =
            Networks.gguf(
                            Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed())
                                    .pull("smollm2-135m-instruct", Progress.silent())
                                    .folder())
                    .orElseThrow();
    private final Tokenizer tokenizer = LanguageModel.tokenizer(gguf);
    private final dev.sartor.model.network.Decoder decoder = RoundedWeights.decoder(gguf);
    private final Scheduler scheduler =
            new Scheduler(decoder, DType.F32, Set.of(), _ -> Adapters.none());
    private final Generator generator =
            new Generator(scheduler, decoder.contextLength(), AdapterSlots.same());

    @AfterAll
    void close() {
        scheduler.close();
        decoder.close();
    }

    /// @param greedy whether each of the first continuation's tokens is the likeliest
    private record Scored(double[] logLikelihoods, boolean greedy) {}

    /// @param close items all of whose log-likelihoods are within the tolerance
    /// @param rightByLength 0 where choices have no length of their own
    private record Suite(
            int items,
            int close,
            double greatestDifference,
            int right,
            int rightByLength,
            boolean isAccurate) {
        static Suite of(JsonNode fields) {
            return new Suite(
                    fields.get("items").intValue(),
                    fields.get("within_tolerance").intValue(),
                    fields.get("greatest_difference").doubleValue(),
                    fields.get("right").intValue(),
                    fields.get("right_by_length").intValue(),
                    fields.get("accuracies_within_one_item").booleanValue());
        }

        Map<String, Object> fields() {
            var fields = new LinkedHashMap<String, Object>();
            fields.put("items", items);
            fields.put("within_tolerance", close);
            fields.put("greatest_difference", greatestDifference);
            fields.put("right", right);
            fields.put("right_by_length", rightByLength);
            fields.put("accuracies_within_one_item", isAccurate);
            return fields;
        }
    }

    @Test
    void everyItemScoresAsInTransformers() throws Exception {
        var references = Json.read(Path.of(System.getProperty("references")));
        var names = references.propertyNames();
        var asked = System.getProperty("suites", String.join(",", names)).split(",", -1);
        var suites = earlier();
        for (var name : asked) {
            var suite = suite(name, references.get(name));
            suites.put(name, suite);
            System.out.println(name + " " + Json.line(suite.fields()));
        }
        int items = suites.values().stream().mapToInt(Suite::items).sum();
        int close = suites.values().stream().mapToInt(Suite::close).sum();
        boolean isAccurate = suites.values().stream().allMatch(Suite::isAccurate);
        var fields = new LinkedHashMap<String, Object>();
        for (var name : names) {
            var suite = suites.get(name);
            if (suite != null) {
                fields.put(name, suite.fields());
            }
        }
        var result = new LinkedHashMap<String, Object>();
        result.put("commit", commit());
        result.put("date", LocalDate.now(java.time.ZoneOffset.UTC).toString());
        result.put("cores", Runtime.getRuntime().availableProcessors());
        result.put("tolerance", TOLERANCE);
        result.put("share_of_items_within", close / (double) items);
        result.put("accuracies_within_one_item", isAccurate);
        result.put("suites", fields);
        Files.writeString(
                Path.of(System.getProperty("out")),
                Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(result) + "\n");
        assertThat(close / (double) items).isGreaterThanOrEqualTo(GOAL);
        assertThat(isAccurate).isTrue();
    }

    /// Of an earlier run, where one wrote to the same file and only some suites are asked for.
    private static Map<String, Suite> earlier() {
        var suites = new LinkedHashMap<String, Suite>();
        var out = Path.of(System.getProperty("out"));
        if (System.getProperty("suites") != null && Files.exists(out)) {
            Json.read(out)
                    .get("suites")
                    .propertyStream()
                    .forEach(suite -> suites.put(suite.getKey(), Suite.of(suite.getValue())));
        }
        return suites;
    }

    private Suite suite(String name, JsonNode reference) throws Exception {
        var rows = rows(name, reference.get("rows").intValue());
        var scored = scored(rows);
        int close = 0;
        int right = 0;
        int rightNorm = 0;
        double worst = 0;
        for (int i = 0; i < rows.size(); i++) {
            var ours = scored.get(i).logLikelihoods();
            double difference = difference(ours, reference.get("items").get(i));
            close += difference <= TOLERANCE ? 1 : 0;
            if (difference > TOLERANCE) {
                System.out.println(
                        name
                                + " row "
                                + i
                                + ": "
                                + Arrays.toString(ours)
                                + ", the reference "
                                + reference.get("items").get(i));
            }
            worst = Math.max(worst, difference);
            right += isRight(rows.get(i), scored.get(i)) ? 1 : 0;
            rightNorm += isRightByLength(rows.get(i), ours) ? 1 : 0;
        }
        boolean isAccurate = isWithinOne(right, reference.get("acc"), rows.size());
        if (reference.has("acc_norm")) {
            isAccurate &= isWithinOne(rightNorm, reference.get("acc_norm"), rows.size());
        }
        return new Suite(rows.size(), close, worst, right, rightNorm, isAccurate);
    }

    private static boolean isWithinOne(int right, JsonNode accuracy, int rows) {
        return Math.abs(right - accuracy.doubleValue() * rows) <= 1 + 1e-9;
    }

    private static double difference(double[] ours, JsonNode item) {
        if (item.has("log_likelihood")) {
            return Math.abs(ours[0] - item.get("log_likelihood").doubleValue());
        }
        var theirs = item.get("log_likelihoods");
        assertThat(theirs).hasSize(ours.length);
        return IntStream.range(0, ours.length)
                .mapToDouble(i -> Math.abs(ours[i] - theirs.get(i).doubleValue()))
                .max()
                .orElse(0);
    }

    private static boolean isRight(JsonNode row, Scored scored) {
        return row.has("gold")
                ? best(scored.logLikelihoods()) == row.get("gold").intValue()
                : scored.greedy();
    }

    private static boolean isRightByLength(JsonNode row, double[] logLikelihoods) {
        if (!row.has("choices")) {
            return false;
        }
        var each = logLikelihoods.clone();
        for (int i = 0; i < each.length; i++) {
            var choice = row.get("choices").get(i).stringValue().strip();
            each[i] /= choice.codePointCount(0, choice.length());
        }
        return best(each) == row.get("gold").intValue();
    }

    private static int best(double[] values) {
        int best = 0;
        for (int i = 1; i < values.length; i++) {
            best = values[i] > values[best] ? i : best;
        }
        return best;
    }

    private static List<JsonNode> rows(String name, int count) throws IOException {
        try (var lines =
                Files.lines(Path.of(System.getProperty("benchmarks")).resolve(name + ".jsonl"))) {
            return lines.limit(count).map(Json.mapper()::readTree).toList();
        }
    }

    /// Rows run side by side.
    private List<Scored> scored(List<JsonNode> rows) throws Exception {
        try (var callers = Executors.newVirtualThreadPerTaskExecutor()) {
            var calls =
                    rows.stream()
                            .map(row ->
                                    (Callable<Scored>) () -> scored(pairs(row), row.has("context")))
                            .toList();
            var scored = new ArrayList<Scored>();
            for (Future<Scored> each : callers.invokeAll(calls)) {
                scored.add(each.get());
            }
            return scored;
        }
    }

    private List<Continuation> pairs(JsonNode row) {
        if (row.has("choices")) {
            return row.get("choices")
                    .valueStream()
                    .map(choice -> pair(row.get("query"), choice))
                    .toList();
        }
        if (row.has("context_options")) {
            return row.get("context_options")
                    .valueStream()
                    .map(context -> pair(context, row.get("continuation")))
                    .toList();
        }
        return List.of(pair(row.get("context"), row.get("continuation")));
    }

    private Continuation pair(JsonNode context, JsonNode continuation) {
        return Continuation.of(
                tokenizer, context.stringValue(), " " + continuation.stringValue().strip());
    }

    /// Choices that follow the same tokens are scored together.
    private Scored scored(List<Continuation> pairs, boolean isGreedyAsked) {
        var scores = new double[pairs.size()];
        boolean greedy = false;
        var byPrompt =
                IntStream.range(0, scores.length)
                        .boxed()
                        .collect(
                                Collectors.groupingBy(i -> Arrays.toString(pairs.get(i).prompt())));
        for (var group : byPrompt.values()) {
            var first = pairs.get(group.getFirst());
            var choices = group.stream().map(i -> pairs.get(i).tokens()).toList();
            var said =
                    new Prompt.Free(
                            first.tokens().length,
                            Sampling.greedy(),
                            Optional.empty(),
                            false,
                            TokenSink.all());
            var prompt =
                    new Prompt(
                            first.prompt(),
                            Prompt.AdapterSlot.SAME,
                            CacheScope.everyone(),
                            Optional.of(said).filter(_ -> isGreedyAsked));
            var step = Progress.silent().begin("", 1, "");
            var done = generator.complete(List.of(prompt), choices, step).getFirst();
            for (int i = 0; i < group.size(); i++) {
                scores[group.get(i)] = done.logLikelihoods()[i];
            }
            greedy = done.text().filter(t -> Arrays.equals(t.ids(), first.tokens())).isPresent();
        }
        return new Scored(scores, greedy);
    }

    private static String commit() throws IOException {
        var git = new ProcessBuilder("git", "rev-parse", "HEAD").start();
        return new String(
                        git.getInputStream().readAllBytes(),
                        java.nio.charset.StandardCharsets.US_ASCII)
                .strip();
    }
}
