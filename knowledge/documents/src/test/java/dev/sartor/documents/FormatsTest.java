package dev.sartor.documents;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Pages;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.parse.TextRecognition;
import dev.sartor.documents.source.DocumentFolder;
import dev.sartor.documents.source.Documents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The rarer formats, one file each.
class FormatsTest {
    @TempDir private Path folder;

    private Documents read(TextRecognition recognition) {
        return new DocumentFolder(folder, ParseLimits.usual(), recognition).read(Progress.silent());
    }

    private Document only() {
        var documents = read(TextRecognition.none());
        assertThat(documents.report().unreadable()).isEmpty();
        assertThat(documents.all()).hasSize(1);
        return documents.all().getFirst();
    }

    private static List<String> blocks(Document document) {
        return document.sections().stream().flatMap(s -> s.blocks().stream()).toList();
    }

    @Test
    void anOpenDocumentTextKeepsItsHeadings() throws IOException {
        MoreFiles.odt(folder.resolve("a.odt"), "Warranty", "Two years on kettles.");
        assertThat(only().sections())
                .containsExactly(
                        new Section(List.of("Warranty"), List.of("Two years on kettles.")));
    }

    @Test
    void theChaptersOfAnEpubComeInTheirOrder() throws IOException {
        var chapters = new LinkedHashMap<String, String>();
        chapters.put("Zero", "It begins.");
        chapters.put("Again", "It goes on.");
        MoreFiles.epub(folder.resolve("a.epub"), chapters);
        assertThat(only().sections())
                .containsSubsequence(
                        new Section(List.of("Zero"), List.of("It begins.")),
                        new Section(List.of("Again"), List.of("It goes on.")));
    }

    @Test
    void aMessageOfOutlookIsReadWithWhatIsAttached() throws IOException {
        var attached = Files.createTempDirectory(folder, ".aside").resolve("plan.docx");
        OfficeFiles.docx(attached);
        MoreFiles.msg(folder.resolve("a.msg"), "The plan", "See the file.", attached);
        var text = String.join("\n", blocks(only()));
        assertThat(text).contains("See the file.", "Two years.", "Alpha | 3");
    }

    /// Reads it where Tesseract is installed, and says what is missing where it is not; never passes by saying neither.
    @Test
    void aScanIsReadWhereTesseractIsInstalledAndNamedWhereNot() throws IOException {
        MoreFiles.scan(folder.resolve("scan.pdf"), "Opening hours", "The boiler is green");
        var without = read(TextRecognition.none());
        assertThat(without.report().unreadable())
                .extracting(ParseReport.Unreadable::toString)
                .containsExactly(
                        "scan.pdf: no text in it; for a scan, install tesseract, which reads pictures");
        var machine = TextRecognition.ofThisMachine();
        var with = read(machine);
        if (machine.reads("scan.pdf")) {
            var sections = with.all().getFirst().sections();
            assertThat(String.join(" ", blocks(with.all().getFirst())))
                    .contains("The boiler is green");
            assertThat(sections.getLast().pages(0)).isEqualTo(Pages.of(2));
        } else {
            assertThat(with.report()).isEqualTo(without.report());
        }
    }

    @Test
    void onlyWhatCanBeAScanIsSaidToBeOne() throws IOException {
        Files.writeString(folder.resolve("a.txt"), " ");
        assertThat(read(TextRecognition.none()).report().unreadable())
                .extracting(ParseReport.Unreadable::reason)
                .containsExactly("no text in it");
    }
}
