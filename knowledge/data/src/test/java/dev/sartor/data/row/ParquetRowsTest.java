package dev.sartor.data.row;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.data.DocumentColumns;
import dev.sartor.data.DocumentRow;
import dev.sartor.data.RowFile;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Over files that Apache Arrow wrote; `make.py` beside them says how.
class ParquetRowsTest {
    private static final DocumentColumns COLUMNS =
            new DocumentColumns(List.of("page"), List.of("heading"), List.of("body"));

    /// What the files of pages hold, whoever wrote them.
    static final List<DocumentRow> PAGES =
            List.of(
                    new DocumentRow(
                            "returns",
                            "Returns",
                            "Send it back within thirty days.",
                            Map.of("views", List.of("3"), "changed", List.of("2026-01-02"))),
                    new DocumentRow(
                            "notice",
                            "",
                            "The notice period is two months.",
                            Map.of("views", List.of("4"), "changed", List.of("2026-01-02"))),
                    new DocumentRow(
                            "größe",
                            "Größen",
                            "Die Größe steht im Etikett.\n\nZweiter Absatz.",
                            Map.of("changed", List.of("2026-01-02"))));

    @TempDir private Path folder;

    private static Path file(String name) {
        var resource = ParquetRowsTest.class.getResource("/parquet/" + name + ".parquet");
        try {
            return Path.of(Objects.requireNonNull(resource, name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"none", "gzip", "snappy", "zstd", "pages2"})
    void documentsAreReadHoweverTheColumnsArePacked(String name) {
        assertThat(RowFile.documents(file(name), COLUMNS).rows()).isEqualTo(PAGES);
    }

    /// A column that cannot be read, or a row without a value in it, says of nobody that he may read it.
    @Test
    void whoMayReadRowsIsReadFromAColumnOfTextsAndOtherColumnsOfReadersAreRefused() {
        assertThat(RowFile.texts(file("readers")).readers().clauses())
                .containsExactlyInAnyOrder(
                        Set.of("group:sales"), Set.of("user:ann", "group:sales"));
        assertThatThrownBy(() -> RowFile.texts(file("readers-blank")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("2: 'readers' must name at least one reader");
        assertThatThrownBy(() -> RowFile.texts(file("readers-list")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("'readers' must be a column of texts with ; between");
    }

    @Test
    void numbersAndDatesAreTextsAndListsAndBytesAreNoColumns() {
        var columns = new DocumentColumns(List.of("page"), List.of("changed"), List.of("views"));
        assertThatThrownBy(() -> RowFile.documents(file("snappy"), columns))
                .hasMessageContaining("3: lacks 'views'")
                .hasMessageNotContaining("1: ");
        var pictures = new DocumentColumns(List.of("page"), List.of(), List.of("tags"));
        assertThatThrownBy(() -> RowFile.documents(file("snappy"), pictures))
                .hasMessageContaining("lacks 'tags'")
                .hasMessageContaining("page, heading, body, views, changed.");
    }

    @Test
    void aRowWithoutATextIsNamedByItsNumber() {
        assertThatThrownBy(() -> RowFile.documents(file("holes"), COLUMNS))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("holes.parquet:4: lacks 'body'");
    }

    @Test
    void aCutOrGarbledFileIsTheUsersMistake() throws IOException {
        var whole = Files.readAllBytes(file("snappy"));
        var cut = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, 700));
        for (int i = 40; i < 400; i++) {
            whole[i] ^= (byte) 0x5a;
        }
        var garbled = Files.write(folder.resolve("garbled.parquet"), whole);
        for (var damaged : List.of(cut, garbled)) {
            assertThatThrownBy(() -> RowFile.documents(damaged, COLUMNS))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("is damaged, or is Parquet of a kind")
                    .extracting(e -> ((SartorException) e).kind())
                    .isEqualTo(SartorException.Kind.USER);
        }
    }
}
