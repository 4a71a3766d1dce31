package dev.sartor.data.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.SartorException;
import dev.sartor.data.DataFormat;
import dev.sartor.data.DocumentColumns;
import dev.sartor.data.ExampleReader;
import dev.sartor.data.ReadRules;
import dev.sartor.data.RowFile;
import dev.sartor.data.RowStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

/// Over files that Apache Arrow and datasets wrote; `make.py` beside them says how.
class ArrowRowsTest {
    private static final DocumentColumns COLUMNS =
            new DocumentColumns(List.of("page"), List.of("heading"), List.of("body"));

    @TempDir private Path folder;

    private static Path file(String name) {
        var resource = ArrowRowsTest.class.getResource("/arrow/" + name);
        try {
            return Path.of(Objects.requireNonNull(resource, name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /// All rows, and what was said of them.
    private static final class Told implements RowStream.Rows {
        private final List<String> rows = new ArrayList<>();
        private final List<String> wrong = new ArrayList<>();
        private final List<String> passed = new ArrayList<>();

        static Told of(Path file) {
            var told = new Told();
            RowStream.read(file, told);
            return told;
        }

        @Override
        public void row(Origin origin, ObjectNode fields) {
            rows.add(Json.line(fields));
        }

        @Override
        public void unreadable(Origin origin, String why) {
            wrong.add(origin.line() + ": " + why);
        }

        @Override
        public void passedOver(String file, List<String> columns) {
            passed.addAll(columns);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "file", "feather"})
    void documentsAreReadFromStreamsAndFiles(String name) {
        assertThat(RowFile.documents(file(name + ".arrow"), COLUMNS).rows())
                .isEqualTo(ParquetRowsTest.PAGES);
    }

    @Test
    void everyTypeIsReadAsItsJsonAndWhatIsMissingIsLeftOut() {
        var told = Told.of(file("types.arrow"));
        assertThat(told.wrong).isEmpty();
        assertThat(told.passed).containsExactly("bytes");
        assertThat(told.rows)
                .containsExactly(
                        "{\"int8\":-1,\"uint8\":255,\"int16\":-300,\"uint16\":65535,\"uint32\":4294967295,"
                                + "\"int64\":-4611686018427387904,\"uint64\":18446744073709551615,\"half\":1.5,"
                                + "\"float\":0.1,\"double\":0.1,\"bool\":true,\"decimal\":\"-12.340\","
                                + "\"date64\":\"2026-01-02\",\"time\":\"03:04:05.678900\","
                                + "\"stamp\":\"2026-01-02T03:04:05.678900\",\"zoned\":\"2026-01-02T03:04:05.678Z\","
                                + "\"duration\":\"PT1M30S\",\"dictionary\":\"red\",\"list\":[[1,2],[]],"
                                + "\"large_list\":[\"x\"],\"fixed\":[1,2],\"struct\":{\"text\":[\"a\",\"b\"]},"
                                + "\"map\":[{\"key\":\"k\",\"value\":1}]}",
                        "{\"uint8\":0,\"int16\":1,\"uint16\":0,\"uint32\":0,\"int64\":0,\"uint64\":0,\"bool\":false}");
    }

    @Test
    void aDictionaryGoesOnInLaterBatches() {
        assertThat(Told.of(file("delta.arrow")).rows)
                .containsExactly(
                        "{\"text\":\"one\",\"label\":\"red\"}",
                        "{\"text\":\"two\",\"label\":\"red\"}",
                        "{\"text\":\"three\",\"label\":\"blue\"}");
    }

    /// A file of datasets: labels are numbers, and −1 is none.
    @Test
    void numberedLabelsAreReadByTheirNames() {
        assertThat(Told.of(file("saved/train/data-00000-of-00001.arrow")).rows)
                .isEqualTo(Told.of(file("labels.parquet")).rows)
                .containsExactly(
                        "{\"text\":\"I lost it\",\"label\":\"card lost\"}",
                        "{\"text\":\"Where is it?\",\"label\":\"card late\"}",
                        "{\"text\":\"Is it here?\",\"label\":\"card late\"}");
        assertThat(Told.of(file("saved/test/data-00000-of-00001.arrow")).rows)
                .containsExactly(
                        "{\"text\":\"It is gone\",\"label\":\"card lost\"}",
                        "{\"text\":\"no label\"}");
        var unknown = Told.of(file("labels-unknown.arrow"));
        assertThat(unknown.rows).hasSize(2);
        assertThat(unknown.wrong)
                .containsExactly(
                        "3: 'label' must be a label from 0 to 1, of which the file has the names, got 7.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"saved/train/data-00000-of-00001.arrow", "labels.parquet"})
    void examplesOfATaskAreReadFromArrowAndParquet(String name) {
        var read = ExampleReader.read(file(name), DataFormat.AUTO, ReadRules.any());
        assertThat(read.format()).isEqualTo(DataFormat.TEXT_LABEL);
        assertThat(read.examples())
                .extracting(example -> example.input().getLast())
                .containsExactly(
                        Message.user("I lost it"),
                        Message.user("Where is it?"),
                        Message.user("Is it here?"));
        assertThat(read.examples())
                .extracting(example -> example.reference())
                .containsExactly("card lost", "card late", "card late");
    }

    @Test
    void whoMayReadRowsIsReadFromTextsAndBlankOnesAreRefused() {
        assertThat(RowFile.texts(file("readers.arrow")).readers().clauses())
                .containsExactlyInAnyOrder(
                        Set.of("group:sales"), Set.of("user:ann", "group:sales"));
        assertThatThrownBy(() -> RowFile.texts(file("readers-blank.arrow")))
                .hasMessageContaining("2: 'readers' must name at least one reader");
        assertThatThrownBy(() -> RowFile.texts(file("readers-list.arrow")))
                .hasMessageContaining("'readers' must be a column of texts with ; between");
    }

    @Test
    void whatIsNotReadIsNamed() {
        assertThat(Told.of(file("zstd.arrow")).wrong)
                .singleElement()
                .asString()
                .contains("its buffers are compressed", "export it as Parquet or JSONL");
        assertThat(Told.of(file("union.arrow")).wrong)
                .singleElement()
                .asString()
                .contains("the column 'either' is of the type Union");
    }

    /// Each prefix that ends within a message, and bytes turned over anywhere: rows or a problem, and no other end.
    @Test
    void aCutOrGarbledFileIsTheUsersMistake() throws IOException {
        var whole = Files.readAllBytes(file("types.arrow"));
        for (int length = 8; length < whole.length - 8; length += 97) {
            var cut = Files.write(folder.resolve("cut.arrow"), Arrays.copyOf(whole, length));
            assertThat(Told.of(cut).wrong).as("cut to %d", length).isNotEmpty();
        }
        var random = new Random(1);
        int damaged = 0;
        for (int i = 0; i < 2000; i++) {
            var garbled = whole.clone();
            for (int k = 0; k < 3; k++) {
                garbled[8 + random.nextInt(whole.length - 8)] = (byte) random.nextInt(256);
            }
            var file = Files.write(folder.resolve("garbled.arrow"), garbled);
            try {
                damaged += Told.of(file).wrong.isEmpty() ? 0 : 1;
            } catch (SartorException e) {
                assertThat(e.kind()).isEqualTo(SartorException.Kind.USER);
                damaged++;
            }
        }
        assertThat(damaged).isGreaterThan(200);
    }
}
