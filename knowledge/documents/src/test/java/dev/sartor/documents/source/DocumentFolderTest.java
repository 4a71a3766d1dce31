package dev.sartor.documents.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.OfficeFiles;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.Section;
import dev.sartor.documents.parse.TextRecognition;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DocumentFolderTest {
    @TempDir private Path folder;

    private Documents read(ParseLimits limits) {
        return new DocumentFolder(folder, limits, TextRecognition.none()).read(Progress.silent());
    }

    private Documents read() {
        return read(ParseLimits.usual());
    }

    private static Document find(Documents documents, String path) {
        return documents.all().stream()
                .filter(d -> d.path().equals(path))
                .findFirst()
                .orElseThrow();
    }

    private void write(String path, String text) throws IOException {
        var file = folder.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void unreadableFilesAmongGoodOnesAreNamedAndTheRestGoesOn() throws IOException {
        OfficeFiles.pdf(folder.resolve("good.pdf"), "Opening hours are nine to five.");
        var bytes = Files.readAllBytes(folder.resolve("good.pdf"));
        Files.write(folder.resolve("cut.pdf"), Arrays.copyOf(bytes, bytes.length / 2));
        Files.write(folder.resolve("empty.pdf"), new byte[0]);
        OfficeFiles.encryptedPdf(folder.resolve("locked.pdf"));
        OfficeFiles.pdf(folder.resolve("scan.pdf"), "");
        Files.write(folder.resolve("latin.txt"), "Größe".getBytes(StandardCharsets.ISO_8859_1));
        write("deep/notes.md", "# Notes\nFine.");
        write(".hidden/secret.md", "no");
        write("deep/.DS_Store", "no");

        var documents = read();

        assertThat(documents.all())
                .extracting(Document::path)
                .containsExactly("deep/notes.md", "good.pdf");
        assertThat(find(documents, "good.pdf").sections().getFirst().blocks())
                .containsExactly("Opening hours are nine to five.");
        assertThat(documents.report().parsed()).isEqualTo(2);
        assertThat(documents.report().unreadable())
                .extracting(ParseReport.Unreadable::path)
                .containsExactly("cut.pdf", "empty.pdf", "latin.txt", "locked.pdf", "scan.pdf");
        assertThat(documents.report().lines())
                .startsWith("2 documents read, 5 left out:")
                .anyMatch(line -> line.startsWith("  cut.pdf: damaged"))
                .contains(
                        "  empty.pdf: empty",
                        "  latin.txt: not UTF-8; save it as UTF-8",
                        "  locked.pdf: protected by a password; save it without one",
                        "  scan.pdf: no text in it; for a scan, install tesseract, which reads pictures");
    }

    @Test
    void headingsOfHtmlAndWordSurviveAndPageFurnitureDoesNot() throws IOException {
        write(
                "page.html",
                """
                <!doctype html><html><head><title>Shop – Returns</title><style>p{}</style></head>
                <body @click="x"><nav><a href="/">Home</a></nav><main><h1>Returns</h1>
                <p class="a">Send it back – free.</p><h2>Deadline</h2>
                <p>Thirty&nbsp;days.</p></main><script>var a = 1 < 2;</script>
                <footer>Imprint</footer></body></html>
                """);
        OfficeFiles.docx(folder.resolve("warranty.docx"));

        var documents = read();

        assertThat(documents.report().unreadable()).isEmpty();
        var page = find(documents, "page.html");
        assertThat(page.title()).isEqualTo("Returns");
        assertThat(page.sections())
                .containsExactly(
                        new Section(List.of("Returns"), List.of("Send it back – free.")),
                        new Section(List.of("Returns", "Deadline"), List.of("Thirty days.")));
        assertThat(find(documents, "warranty.docx").sections())
                .containsExactly(
                        new Section(
                                List.of("Warranty", "Kettles"),
                                List.of("Two years.", "Model | Years\nAlpha | 3")));
    }

    @Test
    void aFileThatTakesTooLongOrTooMuchCostsOnlyItself() throws IOException {
        OfficeFiles.pdf(folder.resolve("a.pdf"), "Fine.");
        Files.writeString(
                folder.resolve("b.html"), "<p>" + "much text ".repeat(8_000_000) + "</p>");
        OfficeFiles.pdf(folder.resolve("c.pdf"), "Fine too.");

        var documents = read(new ParseLimits(64, Duration.ofSeconds(30), 100));

        assertThat(documents.all()).extracting(Document::path).containsExactly("a.pdf", "c.pdf");
        assertThat(documents.report().unreadable())
                .singleElement()
                .satisfies(file -> assertThat(file.reason()).contains("64 MiB"));
        Files.delete(folder.resolve("b.html"));
        var hasty = read(new ParseLimits(64, Duration.ofMillis(1), 100));
        assertThat(hasty.report().unreadable())
                .isNotEmpty()
                .allSatisfy(file -> assertThat(file.reason()).contains("not read within 0.001 s"));
    }

    @Test
    void markdownAndTextNeedNoOtherProcess() throws IOException {
        write("a.md", "# A\nText.");
        write("b.txt", "\uFEFFOne\ntwo.\n\n\nThree.");
        long before = ProcessHandle.current().descendants().count();
        var documents = read();
        assertThat(ProcessHandle.current().descendants().count()).isEqualTo(before);
        assertThat(find(documents, "b.txt").sections().getFirst().blocks())
                .containsExactly("One\ntwo.", "Three.");
    }

    @Test
    void theDigestFollowsNamesAndContent() throws IOException {
        write("a.md", "one");
        var source = new DocumentFolder(folder, ParseLimits.usual());
        var first = source.digest();
        assertThat(source.digest()).isEqualTo(first);
        write("a.md", "two");
        var second = source.digest();
        Files.move(folder.resolve("a.md"), folder.resolve("b.md"));
        assertThat(List.of(first, second, source.digest())).doesNotHaveDuplicates();
    }

    @Test
    void aMissingFolderIsTheUsersMistake() {
        assertThatThrownBy(() -> new DocumentFolder(folder.resolve("no"), ParseLimits.usual()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("is not a folder");
    }
}
