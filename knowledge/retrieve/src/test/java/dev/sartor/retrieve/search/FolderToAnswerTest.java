package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.documents.OfficeFiles;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentFolder;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.Watched;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A folder as a user has it, from files to passages.
class FolderToAnswerTest {
    @TempDir private Path root;
    private Path documents;

    @BeforeEach
    void fill() throws IOException {
        documents = Files.createDirectories(root.resolve("documents"));
        Files.writeString(
                documents.resolve("returns.md"),
                """
                # Returns
                ## Deadline
                Shoes may be sent back within forty-one days.
                ## Address
                Send parcels to Lamp Street 7 in Ulm.
                """);
        Files.writeString(
                documents.resolve("opening.html"),
                "<nav>Returns deadline shoes</nav><h1>Shop</h1><h2>Hours</h2><p>Open from nine.</p>");
        OfficeFiles.docx(documents.resolve("warranty.docx"));
        Files.writeString(documents.resolve("broken.pdf"), "%PDF-1.7\nnothing");
    }

    private PassageIndex open(Watched progress) {
        return PassageIndex.open(
                root.resolve("cache"),
                new DocumentFolder(documents, ParseLimits.usual()),
                IndexSettings.usual(),
                Optional.of(HashedWords.usual()),
                progress);
    }

    @Test
    void passagesAreFoundWithDocumentAndSection() throws IOException {
        var first = new Watched();
        try (var index = open(first)) {
            var best =
                    index.search(
                            "how many days to send back shoes",
                            1,
                            Principal.local(),
                            SearchMode.HYBRID);
            assertThat(best)
                    .extracting(Passage::document, Passage::section)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple("returns.md", "Returns"));
            assertThat(best.getFirst().text())
                    .isEqualTo(
                            "Deadline\nShoes may be sent back within forty-one days.\n\n"
                                    + "Address\nSend parcels to Lamp Street 7 in Ulm.");
            assertThat(
                            index.search(
                                    "kettle guarantee alpha",
                                    1,
                                    Principal.local(),
                                    SearchMode.BM25))
                    .extracting(Passage::section)
                    .containsExactly("Warranty › Kettles");
        }
        assertThat(first.steps).containsExactly("reading documents 4", "indexing passages 3");
        var second = new Watched();
        try (var index = open(second)) {
            assertThat(second.steps).as("nothing is read again").isEmpty();
            assertThat(second.lines)
                    .as("the unreadable file is named again")
                    .isEqualTo(first.lines);
            assertThat(index.report().unreadable())
                    .singleElement()
                    .satisfies(file -> assertThat(file.path()).isEqualTo("broken.pdf"));
        }
        Files.writeString(documents.resolve("new.md"), "# New\nSomething new.");
        var third = new Watched();
        open(third).close();
        assertThat(third.steps).containsExactly("reading documents 5", "indexing passages 4");
    }
}
