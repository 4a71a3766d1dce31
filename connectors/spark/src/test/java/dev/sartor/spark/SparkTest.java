package dev.sartor.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.cli.TinyTask;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
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
import dev.sartor.training.LocalEngines;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
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

    @TempDir static Path folder;
    private static SparkSession session;

    @BeforeAll
    static void start() {
        session =
                SparkSession.builder()
                        .master("local[2]")
                        .appName("sartor's test")
                        .config("spark.ui.enabled", "false")
                        .config("spark.sql.shuffle.partitions", "2")
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
}
