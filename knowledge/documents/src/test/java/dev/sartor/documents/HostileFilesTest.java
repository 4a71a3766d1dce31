package dev.sartor.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Readers;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.parse.XhtmlReader;
import dev.sartor.documents.source.DocumentFolder;
import dev.sartor.documents.source.Documents;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.SAXException;

/// What is written to do harm costs at most its own time; a text that is read in this process, too.
class HostileFilesTest {
    @TempDir private Path folder;

    private Documents read(ParseLimits limits) {
        return new DocumentFolder(folder, limits).read(Progress.silent());
    }

    private static ParseLimits within(Duration time) {
        return new ParseLimits(128, time, 1000);
    }

    /// Each makes one of the patterns for marks look at the text as often as it is long.
    @ParameterizedTest
    @ValueSource(
            strings = {"**a ", "<a hidden>", "<a hidden ", "`a``", "[a](b \"", "- ", "_", "|-"})
    @Timeout(60)
    void marksThatNeverEndCostTheTimeOfTheirFileAlone(String mark) throws IOException {
        Files.writeString(folder.resolve("a.md"), mark.repeat(1_000_000) + "x");
        Files.writeString(folder.resolve("b.md"), "# Good\nText.");
        var documents = read(within(Duration.ofSeconds(2)));
        assertThat(documents.all()).extracting(Document::path).contains("b.md");
        assertThat(documents.report().unreadable())
                .allSatisfy(file -> assertThat(file.reason()).startsWith("not read within 2.0 s"));
    }

    @Test
    void aTextThatIsTooLongIsNamedAndNotReadIn() throws IOException {
        Files.writeString(folder.resolve("a.txt"), "word ".repeat(4_000_001));
        Files.writeString(folder.resolve("b.md"), "word ".repeat(16_000_001));
        Files.writeString(folder.resolve("c.md"), "# Good\nText.");
        var documents = read(ParseLimits.usual());
        assertThat(documents.all()).extracting(Document::path).containsExactly("c.md");
        assertThat(documents.report().lines())
                .contains(
                        "  a.txt: longer than 20000000 characters; split the file",
                        "  b.md: longer than 20000000 characters; split the file");
    }

    @Test
    void aZipBombIsNamed() throws IOException {
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("bomb.zip")))) {
            zip.putNextEntry(new ZipEntry("letters.txt"));
            for (int i = 0; i < 100; i++) {
                zip.write("a".repeat(1 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
            }
        }
        Files.writeString(folder.resolve("deep.html"), "<div>".repeat(10_000) + "text");
        assertThat(read(within(Duration.ofSeconds(5))).report().unreadable())
                .extracting(ParseReport.Unreadable::path)
                .containsExactly("bomb.zip", "deep.html");
    }

    /// Tika meets the bomb, goes on, and fails elsewhere.
    @Test
    void aZipBombWithinAnotherIsNamedForWhatItIs() throws IOException {
        var inner = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(inner)) {
            zip.putNextEntry(new ZipEntry("letters.txt"));
            zip.write("a".repeat(16 << 20).getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        }
        try (var zip = new ZipOutputStream(Files.newOutputStream(folder.resolve("bomb.zip")))) {
            for (int i = 0; i < 10; i++) {
                zip.putNextEntry(new ZipEntry(i + ".zip"));
                zip.write(inner.toByteArray());
            }
        }
        assertThat(read(ParseLimits.usual()).report().unreadable())
                .singleElement()
                .extracting(ParseReport.Unreadable::reason)
                .asString()
                .startsWith("unpacks or nests like a zip bomb");
    }

    @Test
    @Timeout(20)
    void aRowOfEmptyCellsIsReadInProportionToItsLength() throws SAXException {
        var row = "<table><tr><td>a</td>" + "<td></td>".repeat(500_000) + "<td>b</td></tr></table>";
        var document = XhtmlReader.read("a.html", row, Readers.everyone());
        assertThat(document.sections().getFirst().blocks().getFirst()).endsWith("| b");
    }
}
