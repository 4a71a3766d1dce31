package dev.sartor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.cli.TinyTask;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.duplicate.NearDuplicates;
import dev.sartor.curate.leak.Leaks;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.DocumentSources;
import dev.sartor.evaluate.Metric;
import dev.sartor.evaluate.Prediction;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.hub.environment.Use;
import dev.sartor.model.Precision;
import dev.sartor.model.file.WeightCache;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.Indexer;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.IndexSettings;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.tensor.DType;
import dev.sartor.training.LocalEngines;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Spark's own session with two executors' threads in this process, beside the same work without Spark.
class SparkTest {
    private static final List<String> WORDS =
            List.of("cat ", "rivers ", "the dog ", "morning and evening ");
    private static final StructType COLUMNS =
            new StructType()
                    .add("id", DataTypes.LongType)
                    .add("text", DataTypes.StringType)
                    .add("payload", DataTypes.BinaryType);

    /// Held, as levels are forgotten with their loggers.
    private static final Logger LOG = Logger.getLogger("org.apache.spark");

    @TempDir static Path folder;
    private static SparkSession session;

    @BeforeAll
    static void start() {
        LOG.setLevel(Level.WARNING);
        session =
                SparkSession.builder()
                        .master("local[2]")
                        .appName("sartor's test")
                        .config("spark.ui.enabled", "false")
                        .config("spark.sql.shuffle.partitions", "2")
                        .config("spark.default.parallelism", "2")
                        .config("spark.sql.adaptive.enabled", "false")
                        .config(
                                "spark.sql.codegen.wholeStage",
                                "false") // compiling takes longer than a few rows
                        .config("spark.sql.warehouse.dir", folder.resolve("warehouse").toString())
                        .getOrCreate();
    }

    @AfterAll
    static void stop() {
        session.stop();
    }

    private static List<String> texts(int many) {
        return IntStream.range(0, many)
                .mapToObj(i -> WORDS.get(i % 4).repeat(i % 7 + 1) + i % 11)
                .toList();
    }

    private static Dataset<Row> table(List<? extends @Nullable String> texts) {
        var rows = new ArrayList<Row>();
        for (int i = 0; i < texts.size(); i++) {
            rows.add(RowFactory.create((long) i, texts.get(i), new byte[] {(byte) i, 0, 1}));
        }
        return session.createDataFrame(rows, COLUMNS).repartition(3);
    }

    @Test
    void vectorsAreThoseOfOneProcess() {
        var texts = new ArrayList<@Nullable String>(texts(60));
        texts.set(7, null);
        var made =
                table(texts)
                        .transform(Sartor.embed("text", TinyTask.BERT.toString()))
                        .orderBy("id")
                        .collectAsList();
        List<float[]> alone;
        try (var embedder = LocalEmbedder.open("tiny", TinyTask.BERT, DType.F32)) {
            alone = embedder.embed(texts.stream().filter(Objects::nonNull).toList());
        }
        assertThat(made).hasSize(60);
        int next = 0;
        for (var row : made) {
            assertThat(row.<byte[]>getAs("payload")[0]).isEqualTo((byte) row.getLong(0));
            if (row.getLong(0) == 7) {
                assertThat(row.isNullAt(row.fieldIndex(Sartor.EMBEDDING))).isTrue();
                continue;
            }
            List<Float> vector = row.getList(row.fieldIndex(Sartor.EMBEDDING));
            for (int i = 0; i < vector.size(); i++) {
                assertThat(vector.get(i)).isCloseTo(alone.get(next)[i], within(1e-5f));
            }
            next++;
        }
        assertThat(next).isEqualTo(59);
    }

    @Test
    void answersAndScoresAreThoseOfOneProcess() {
        var model = TinyTask.decoder(folder, "llama").toString();
        var texts = new ArrayList<@Nullable String>(texts(12));
        texts.set(3, null);
        texts.set(5, "the cat sat ".repeat(2000));
        var settings = AnswerSettings.usual().upTo(6);
        var made =
                table(texts)
                        .transform(Sartor.answer("text", UsedModel.of(model), settings))
                        .transform(Sartor.score(Sartor.ANSWER, "text", "token_f1"))
                        .orderBy("id")
                        .collectAsList();
        try (var engines =
                        new LocalEngines(
                                Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed()),
                                Progress.silent(),
                                Precision.F32,
                                WeightCache.none());
                var responder = engines.base(model)) {
            var metric = Metric.named("token_f1");
            for (var row : made) {
                int id = (int) row.getLong(0);
                var text = texts.get(id);
                if (id == 3 || id == 5 || text == null) {
                    assertThat(row.<@Nullable String>getAs(Sartor.ANSWER)).isNull();
                    assertThat(row.<@Nullable Double>getAs(Sartor.SCORE)).isNull();
                    assertThat(row.<String>getAs(Sartor.ANSWER_ERROR))
                            .contains(id == 3 ? "no text" : "tokens too many");
                    continue;
                }
                var question = settings.question("", text);
                var alone = responder.answer(List.of(question), Progress.silent()).getFirst();
                assertThat(row.<String>getAs(Sartor.ANSWER)).isEqualTo(alone.text());
                var prediction = new Prediction("", alone.text(), List.of(text));
                assertThat(row.<Double>getAs(Sartor.SCORE))
                        .isEqualTo(metric.perExample(List.of(prediction))[0]);
            }
        }
    }

    @Test
    void aColumnOfBytesAndOneThatIsNotThereAreRefusedByName() {
        var table = table(texts(2));
        assertThatThrownBy(() -> table.transform(Sartor.embed("payload", "all-minilm-l6-v2")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("'payload' must be text (string), got binary");
        assertThatThrownBy(() -> table.transform(Sartor.embed("texts", "all-minilm-l6-v2")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("no column 'texts'")
                .hasMessageContaining("id, text, payload");
        assertThatThrownBy(() -> Sartor.score("text", "text", "token_f2"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("token_f1");
    }

    @Test
    void anIndexByPartitionsFindsWhatOneProcessesDoes() throws IOException {
        var model = UsedModel.of(TinyTask.BERT.toString()).heldIn(Precision.BF16);
        var settings = new IndexSettings(new ChunkSettings(16, 2), Analysis.ENGLISH);
        var texts = texts(40);
        var table = table(texts);
        var out = folder.resolve("by-partitions");
        var columns = IndexColumns.everyone();
        var made = new IndexTable(columns, model, settings).write(table, out, Progress.silent());
        assertThat(made.report().readers().documents()).isEqualTo(40);
        var again = new IndexTable(columns, model, settings).write(table, out, Progress.silent());
        assertThat(again.report().generation()).isEqualTo(2);
        try (var folders = Files.list(out.resolve("generations"))) {
            assertThat(folders).hasSize(1);
        }
        var rows = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            rows.append(Json.line(Map.of("id", String.valueOf(i), "text", texts.get(i))))
                    .append('\n');
        }
        var file = Files.writeString(folder.resolve("rows.jsonl"), rows);
        var hub = Hub.open(Caches.standard(), Use.COMMERCIAL, Gate.closed());
        var embedders = new HubEmbedders(hub, Progress.silent());
        var alone = folder.resolve("alone");
        for (var index : List.of(alone, out)) {
            try (var shelf =
                            new DocumentSources(
                                            List.of(),
                                            DocumentColumns.usual(),
                                            AccessPolicy.everyone(),
                                            ParseLimits.usual())
                                    .open(List.of(file));
                    var indexer =
                            Indexer.open(
                                    index,
                                    embedders.embedding(model.name()),
                                    settings,
                                    Clock.systemUTC())) {
                var report = indexer.run(shelf, false, Progress.silent(), new Cancellation());
                assertThat(report.counts().unchanged()).isEqualTo(index.equals(out) ? 40 : 0);
            }
        }
        try (var one = PersistentIndex.open(alone, embedders.opening());
                var parted = PersistentIndex.open(out, embedders.opening())) {
            assertThat(parted.digest()).isEqualTo(one.digest());
            assertThat(found(parted, SearchMode.BM25)).isEqualTo(found(one, SearchMode.BM25));
            // Further down, bf16 vectors of other neighbours in a batch decide.
            assertThat(found(parted, SearchMode.HYBRID).subList(0, 3))
                    .isEqualTo(found(one, SearchMode.HYBRID).subList(0, 3));
        }
    }

    /// Of documents that say the same, either index names the one that it was told of first.
    private static List<String> found(PersistentIndex index, SearchMode mode) {
        return index.search("the dog in the evening 7", 5, Principal.local(), mode).stream()
                .map(each -> each.passage().text())
                .toList();
    }

    /// Rows of two kinds of lengths, some as others but for a few edits, some twice, one without text.
    private static List<@Nullable String> edited() {
        var chance = new Random(7);
        var texts = new ArrayList<@Nullable String>();
        for (int i = 0; i < 240; i++) {
            var before = i < 40 || i % 3 > 0 ? null : texts.get(chance.nextInt(i));
            if (before == null) {
                texts.add(randomText(chance, i % 40 == 1 ? 500 : 30));
            } else {
                var edited = new StringBuilder(before);
                for (int edit = 0; edit < before.length() / 40 * (i % 4); edit++) {
                    edited.setCharAt(chance.nextInt(before.length()), 'x');
                }
                texts.add(edited.toString());
            }
        }
        texts.set(11, null);
        return texts;
    }

    private static String randomText(Random chance, int words) {
        return IntStream.range(0, words)
                .mapToObj(_ -> Integer.toString(chance.nextInt(36 * 36 * 36 * 36), 36))
                .collect(Collectors.joining(" "));
    }

    private static Dataset<Row> inOrder(List<? extends @Nullable String> texts) {
        var rows = texts.stream().map(text -> RowFactory.create((Object) text)).toList();
        var schema = new StructType().add("text", DataTypes.StringType);
        return session.createDataFrame(session.createDataFrame(rows, schema).toJavaRDD(), schema);
    }

    @Test
    void nearDuplicatesAreThoseOfOneProcess() {
        var texts = edited();
        var alone =
                new NearDuplicates(0.8, 1)
                                .find(
                                        texts.size(),
                                        row -> Objects.requireNonNullElse(texts.get(row), ""),
                                        Progress.silent())
                                .duplicates()
                                .stream()
                                .map(each -> (long) each.row() + " as " + each.kept())
                                .toList();
        var made =
                inOrder(texts)
                        .transform(Sartor.nearDuplicates("text", 0.8))
                        .orderBy("row")
                        .collectAsList();
        assertThat(alone).hasSizeGreaterThan(40);
        assertThat(made)
                .extracting(row -> row.getLong(0) + " as " + row.getLong(1))
                .containsExactlyElementsOf(alone);
        assertThat(made).allMatch(row -> row.getDouble(3) >= 0.8);
    }

    @Test
    void leaksAreThoseOfOneProcess() {
        var texts = edited();
        var tests = texts.subList(0, 60);
        var others = texts.subList(60, texts.size());
        var alone =
                new Leaks(0.8)
                        .find(
                                tests.size(),
                                row -> Objects.requireNonNullElse(tests.get(row), ""),
                                others.size(),
                                row -> Objects.requireNonNullElse(others.get(row), ""),
                                Progress.silent());
        var made =
                inOrder(others)
                        .transform(Sartor.leaks(inOrder(tests), "text", 0.8))
                        .collectAsList();
        assertThat(alone).hasSizeGreaterThan(20);
        assertThat(made)
                .extracting(row -> row.getLong(0) + " " + row.getLong(1) + " " + row.getString(2))
                .containsExactlyElementsOf(
                        alone.stream()
                                .map(each ->
                                        each.test()
                                                + " "
                                                + each.other()
                                                + " "
                                                + each.kind().name().toLowerCase(Locale.ROOT))
                                .toList());
    }

    @Test
    void twoDocumentsOfOneIdAreRefused() {
        var twice = table(texts(3)).withColumn("id", functions.lit(7));
        var index =
                new IndexTable(IndexColumns.everyone(), UsedModel.of(""), IndexSettings.usual());
        assertThatThrownBy(() -> index.write(twice, folder.resolve("none"), Progress.silent()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("several rows have one in 'id', such as 7");
    }

    @Test
    void executorsWithoutMemoryForTheModelAreNamed() {
        var model = UsedModel.of("big");
        long need = 16L << 30;
        var one = new ExecutorMemory("host1", "1", 40_000);
        var two = new ExecutorMemory("host1", "2", 30_000);
        var other = new ExecutorMemory("host2", "3", 30_000);
        assertThat(ExecutorMemory.refusals(List.of(one, other), need, model)).isEmpty();
        assertThat(ExecutorMemory.refusals(List.of(one, two, other), need, model))
                .singleElement()
                .asString()
                .contains("big takes about", "host1, which runs 2, has 30000 MiB free");
    }
}
