package dev.sartor.spark;

import dev.sartor.core.Json;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.duplicate.NearDuplicates;
import dev.sartor.curate.leak.Leaks;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.Prediction;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.model.file.WeightCache;
import dev.sartor.tensor.DType;
import dev.sartor.tensor.Engine;
import dev.sartor.training.LocalEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/// The programs of bench/spark.py, which starts this with a plan in JSON; the result is a line of JSON.
public final class SparkProof {
    private static final List<String> WORDS =
            List.of("the", "cat", "sat", "on", "mat", "dog", "ran", "home", "sun", "rivers");

    private final Plan plan;

    private SparkProof(Plan plan) {
        this.plan = plan;
    }

    /// @param what is measured
    /// @param master empty where there is no Spark
    /// @param conf settings of Spark's
    /// @param rows how many
    /// @param partitions of the table
    /// @param embedder a folder
    /// @param model that answers, a folder
    /// @param out where results go, a folder
    public record Plan(
            String what,
            String master,
            Map<String, String> conf,
            int rows,
            int partitions,
            int words,
            String embedder,
            String model,
            String out) {}

    public static void main(String[] arguments) throws IOException {
        var plan = Json.mapper().readValue(arguments[0], Plan.class);
        var said = new SparkProof(plan).run();
        IO.println(Json.line(said));
    }

    private Map<String, Object> run() throws IOException {
        return switch (plan.what) {
            case "alone-embed" -> aloneEmbed();
            case "together" -> in(this::together);
            case "embed" -> in(this::embed);
            case "faulty" -> in(this::faulty);
            case "cheap" -> in(this::cheap);
            default -> throw new IllegalArgumentException(plan.what);
        };
    }

    private interface Work {
        Map<String, Object> in(SparkSession session) throws IOException;
    }

    private Map<String, Object> in(Work work) throws IOException {
        long begun = System.nanoTime();
        var builder =
                SparkSession.builder()
                        .master(plan.master)
                        .appName("sartor " + plan.what)
                        .config("spark.ui.enabled", "false")
                        .config("spark.sql.parquet.compression.codec", "zstd")
                        .config("spark.sql.shuffle.partitions", String.valueOf(plan.partitions));
        plan.conf.forEach(builder::config);
        var session = builder.getOrCreate();
        try {
            var said = new LinkedHashMap<String, Object>();
            said.put("session_seconds", seconds(begun));
            said.putAll(work.in(session));
            return said;
        } finally {
            session.stop();
        }
    }

    private static double seconds(long begun) {
        return (System.nanoTime() - begun) / 1e9;
    }

    /// The same rows every time; every seventh nearly as one before it.
    private List<String> texts() {
        var chance = new Random(5);
        var texts = new ArrayList<String>(plan.rows);
        for (int i = 0; i < plan.rows; i++) {
            texts.add(
                    i > 20 && i % 7 == 0
                            ? texts.get(chance.nextInt(i)) + " " + WORDS.get(i % 10)
                            : IntStream.range(0, plan.words)
                                    .mapToObj(_ -> WORDS.get(chance.nextInt(10)))
                                    .collect(Collectors.joining(" ")));
        }
        return texts;
    }

    private Dataset<Row> table(SparkSession session) {
        var texts = texts();
        var rows = new ArrayList<Row>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            rows.add(RowFactory.create((long) i, texts.get(i)));
        }
        var schema =
                new StructType().add("id", DataTypes.LongType).add("text", DataTypes.StringType);
        var file = plan.out + "/table-" + plan.rows + "-" + plan.words + ".parquet";
        if (!Files.exists(Path.of(file))) {
            session.createDataFrame(rows, schema)
                    .repartitionByRange(plan.partitions, functions.col("id"))
                    .sortWithinPartitions("id")
                    .write()
                    .parquet(file);
        }
        return session.read().schema(schema).parquet(file);
    }

    private static double distance(List<Float> vector, float[] other) {
        double most = 0;
        for (int i = 0; i < other.length; i++) {
            most = Math.max(most, Math.abs(vector.get(i) - other[i]));
        }
        return most;
    }

    /// One process, as many threads as there are cores: reads no table, writes as a table is written.
    private Map<String, Object> aloneEmbed() throws IOException {
        var texts = texts();
        long begun = System.nanoTime();
        try (var embedder = LocalEmbedder.open("bench", Path.of(plan.embedder), DType.F32)) {
            Engine.useThreads(Integer.parseInt(plan.conf.getOrDefault("cores", "2")));
            embedder.embed(texts.subList(0, 256));
            double opened = seconds(begun);
            long embedding = System.nanoTime();
            var vectors = embedder.embed(texts.iterator());
            float sum = 0;
            while (vectors.hasNext()) {
                sum += vectors.next()[0];
            }
            return Map.of("open_seconds", opened, "seconds", seconds(embedding), "sum", sum);
        }
    }

    /// A warm session: the model is open before the clock starts, as it is in the single process.
    private Map<String, Object> embed(SparkSession session) {
        var table = table(session);
        long begun = System.nanoTime();
        table.limit(256)
                .repartition(2 * session.sparkContext().defaultParallelism())
                .transform(Sartor.embed("text", plan.embedder))
                .collectAsList();
        double opened = seconds(begun);
        long embedding = System.nanoTime();
        var out = plan.out + "/vectors-" + System.nanoTime();
        table.transform(Sartor.embed("text", plan.embedder)).write().parquet(out);
        return Map.of("open_seconds", opened, "seconds", seconds(embedding));
    }

    /// All operators, beside the same in this process.
    private Map<String, Object> together(SparkSession session) {
        var said = new LinkedHashMap<String, Object>();
        var texts = texts();
        var table = table(session);
        var made =
                table.transform(Sartor.embed("text", plan.embedder)).orderBy("id").collectAsList();
        double apart = 0;
        try (var embedder = LocalEmbedder.open("bench", Path.of(plan.embedder), DType.F32)) {
            var alone = embedder.embed(texts);
            for (var row : made) {
                List<Float> vector = row.getList(row.fieldIndex(Sartor.EMBEDDING));
                apart = Math.max(apart, distance(vector, alone.get((int) row.getLong(0))));
            }
        }
        said.put("rows", made.size());
        said.put("embedding_apart", apart);
        said.putAll(answers(table, texts));
        var near = new NearDuplicates(0.8, 1).find(texts.size(), texts::get, Progress.silent());
        var aloneNear =
                near.duplicates().stream()
                        .map(each -> each.row() + " " + each.kept())
                        .collect(Collectors.toSet());
        var foundNear =
                table.transform(Sartor.nearDuplicates("text", 0.8)).collectAsList().stream()
                        .map(row -> row.getLong(0) + " " + row.getLong(1))
                        .collect(Collectors.toSet());
        said.put("duplicates", aloneNear.size());
        said.put("duplicates_other", difference(aloneNear, foundNear));
        int tests = Math.min(100, texts.size() / 4);
        var others = texts.subList(tests, texts.size());
        var aloneLeaks =
                new Leaks(0.8)
                                .find(
                                        tests,
                                        texts::get,
                                        others.size(),
                                        others::get,
                                        Progress.silent())
                                .stream()
                                .map(each -> each.test() + " " + each.other())
                                .collect(Collectors.toSet());
        var foundLeaks =
                table
                        .filter(functions.col("id").geq(tests))
                        .transform(
                                Sartor.leaks(
                                        table.filter(functions.col("id").lt(tests)), "text", 0.8))
                        .collectAsList()
                        .stream()
                        .map(row -> row.getLong(0) + " " + row.getLong(1))
                        .collect(Collectors.toSet());
        said.put("leaks", aloneLeaks.size());
        said.put("leaks_other", difference(aloneLeaks, foundLeaks));
        return said;
    }

    private static int difference(Set<String> one, Set<String> other) {
        var both = new HashSet<>(one);
        both.retainAll(other);
        return one.size() + other.size() - 2 * both.size();
    }

    private Map<String, Object> answers(Dataset<Row> table, List<String> texts) {
        int asked = Math.min(60, texts.size());
        var model = UsedModel.of(plan.model);
        var settings = AnswerSettings.usual().upTo(8);
        var rows =
                table.filter(functions.col("id").lt(asked))
                        .transform(Sartor.answer("text", model, settings))
                        .transform(Sartor.score(Sartor.ANSWER, "text", "token_f1"))
                        .collectAsList();
        int other = 0;
        var metric = Metric.named("token_f1");
        try (var engines =
                        new LocalEngines(
                                Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed()),
                                Progress.silent(),
                                Precision.F32,
                                WeightCache.none());
                var responder = engines.base(plan.model)) {
            for (var row : rows) {
                var text = texts.get((int) row.getLong(0));
                var question = List.of(settings.question("", text));
                var alone = responder.answer(question, Progress.silent()).getFirst().text();
                var score = metric.perExample(List.of(new Prediction("", alone, List.of(text))))[0];
                boolean isSame =
                        alone.equals(row.<String>getAs(Sartor.ANSWER))
                                && row.<Double>getAs(Sartor.SCORE) == score;
                other += isSame ? 0 : 1;
            }
        }
        return Map.of("answers", rows.size(), "answers_or_scores_other", other);
    }

    /// Fails the first attempt of a task in ten, in its middle.
    private record Failing() implements MapPartitionsFunction<Row, Row> {
        @Override
        public Iterator<Row> call(Iterator<Row> rows) {
            var task = TaskContext.get();
            boolean fails = task.partitionId() % 10 == 3 && task.attemptNumber() == 0;
            return new Iterator<>() {
                private int taken;

                @Override
                public boolean hasNext() {
                    return rows.hasNext();
                }

                @Override
                public Row next() {
                    if (fails && ++taken == 30) {
                        throw new IllegalStateException("failed on purpose");
                    }
                    return rows.next();
                }
            };
        }
    }

    /// Tasks fail on purpose, and bench/spark.py kills an executor meanwhile.
    private Map<String, Object> faulty(SparkSession session) throws IOException {
        var table = table(session);
        var out = plan.out + "/faulty";
        var begun = Path.of(plan.out, "begun");
        Files.writeString(begun, "");
        table.repartition(plan.partitions)
                .mapPartitions(new Failing(), Encoders.row(table.schema()))
                .transform(Sartor.embed("text", plan.embedder))
                .write()
                .mode(SaveMode.Overwrite)
                .parquet(out);
        var rows = session.read().parquet(out).collectAsList();
        var seen = new HashMap<Long, Integer>();
        double apart = 0;
        var texts = texts();
        try (var embedder = LocalEmbedder.open("bench", Path.of(plan.embedder), DType.F32)) {
            var alone = embedder.embed(texts);
            for (var row : rows) {
                seen.merge(row.getLong(0), 1, Integer::sum);
                List<Float> vector = row.getList(row.fieldIndex(Sartor.EMBEDDING));
                apart = Math.max(apart, distance(vector, alone.get((int) row.getLong(0))));
            }
        }
        return Map.of(
                "rows",
                plan.rows,
                "lost",
                plan.rows - seen.size(),
                "doubled",
                seen.values().stream().filter(many -> many > 1).count(),
                "embedding_apart",
                apart,
                "partitions",
                plan.partitions);
    }

    /// Scores, which cost next to nothing a row.
    private Map<String, Object> cheap(SparkSession session) {
        var said = new LinkedHashMap<String, Object>();
        for (int round = 0; round < 2; round++) { // the first is for the compiler
            for (int rows : List.of(10_000, 100_000, 1_000_000)) {
                var table =
                        session.range(0, rows, 1, 2 * session.sparkContext().defaultParallelism())
                                .withColumn(
                                        "answer",
                                        functions.concat(
                                                functions.lit("the cat sat on mat "),
                                                functions.col("id").mod(97)))
                                .withColumn("reference", functions.lit("the cat sat on the mat 7"));
                long begun = System.nanoTime();
                table.transform(Sartor.score("answer", "reference", "token_f1"))
                        .write()
                        .mode(SaveMode.Overwrite)
                        .parquet(plan.out + "/cheap");
                said.put(String.valueOf(rows), seconds(begun));
            }
        }
        return said;
    }
}
