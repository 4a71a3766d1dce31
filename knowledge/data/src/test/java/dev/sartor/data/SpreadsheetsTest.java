package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What comes out of spreadsheets and scripts: read, and said how, or refused for its true cause.
class SpreadsheetsTest {
    private static final ReadRules LABELS =
            new ReadRules(List.of("billing", "repair"), "text", "label", Optional.empty());

    @TempDir Path folder;
    private final Problems problems = new Problems();

    private ReadResult read(String name, byte[] content) throws IOException {
        var file = Files.write(folder.resolve(name), content);
        return ExampleReader.read(file, DataFormat.AUTO, LABELS, problems);
    }

    private ReadResult read(String name, String content) throws IOException {
        return read(name, content.getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] zip(String entry, String content) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(entry));
            zip.write(content.getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }

    @Test
    void semicolonsSeparateWhereTheFirstRowHasNoComma() throws IOException {
        var result = read("t.csv", "\uFEFFtext;label\r\nOne, two;billing\r\n\"a;b\";repair\r\n");
        assertThat(problems.all()).isEmpty();
        assertThat(result.examples()).extracting(Example::text).containsExactly("One, two", "a;b");
        assertThat(result.notes())
                .singleElement()
                .asString()
                .endsWith(
                        "t.csv: ';' is taken for the separator of its cells, as its first row has no comma.");
        assertThat(RowFile.texts(folder.resolve("t.csv")).rows())
                .containsExactly("One, two", "a;b");
    }

    @Test
    void blanksAroundALabelAreLeftOutAndCounted() throws IOException {
        var result =
                read(
                        "t.csv",
                        "text,label\na,billing\nb,billing \nc,\u00a0repair\u00a0\nd,repair\n");
        assertThat(problems.all()).isEmpty();
        assertThat(result.examples())
                .extracting(Example::reference)
                .containsExactly("billing", "billing", "repair", "repair");
        assertThat(result.notes())
                .singleElement()
                .asString()
                .endsWith(
                        "t.csv: blanks around the label were left out in 2 rows, the first on line 3.");
    }

    @Test
    void nullIsNamedAsNullAndNumbersForTextsAreCounted() throws IOException {
        var result =
                read(
                        "t.jsonl",
                        """
                        {"text": null, "label": "billing"}
                        {"text": 42, "label": "billing"}
                        {"text": "a", "label": null}
                        {"text": true, "label": "repair", "id": 7}
                        """);
        assertThat(problems.all())
                .satisfiesExactly(
                        p ->
                                assertThat(p)
                                        .endsWith(
                                                "t.jsonl:1: 'text' is null: give it a value, or leave the row out."),
                        p -> assertThat(p).contains("t.jsonl:3: 'label' is null"));
        assertThat(result.examples()).extracting(Example::text).containsExactly("42", "true");
        assertThat(result.notes())
                .singleElement()
                .asString()
                .endsWith("stands for a text in 2 rows, and was read as the text.");
    }

    @Test
    void aWorkbookIsToBeSavedAsCsv() throws IOException {
        var _ = read("a.xlsx", zip("xl/workbook.xml", "<workbook/>"));
        var _ = read("b.csv", zip("xl/workbook.xml", "<workbook/>"));
        var _ = read("c.ods", zip("mimetype", "application/vnd.oasis.opendocument.spreadsheet"));
        var _ = read("d.xls", new byte[] {(byte) 0xD0, (byte) 0xCF, 0x11, (byte) 0xE0, 0});
        var _ = read("e.jsonl", zip("rows.jsonl", "{}"));
        var asCsv = ", which is not read: save the sheet as CSV (UTF-8), and name that file.";
        assertThat(problems.all())
                .satisfiesExactly(
                        p -> assertThat(p).endsWith("a.xlsx: is an Excel workbook" + asCsv),
                        p -> assertThat(p).endsWith("b.csv: is an Excel workbook" + asCsv),
                        p -> assertThat(p).endsWith("is an OpenDocument spreadsheet" + asCsv),
                        p -> assertThat(p).endsWith("workbook of the old kind (.xls)" + asCsv),
                        p -> assertThat(p).endsWith("e.jsonl: is compressed: unpack it first."));
    }

    @Test
    void jsonThatIsNestedDeeplyIsRefusedWithItsLine() throws IOException {
        var deep = "[".repeat(5_000) + "]".repeat(5_000);
        var _ = read("t.jsonl", "{\"text\":\"a\",\"label\":\"repair\"}\n{\"text\":" + deep + "}\n");
        assertThat(problems.all())
                .singleElement()
                .asString()
                .contains("t.jsonl:2: is not JSON: ", "depth");
    }
}
