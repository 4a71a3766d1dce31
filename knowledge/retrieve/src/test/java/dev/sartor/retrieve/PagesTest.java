package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.documents.Document;
import dev.sartor.documents.OfficeFiles;
import dev.sartor.documents.Section;
import dev.sartor.retrieve.index.Embedding;
import dev.sartor.retrieve.index.IndexedFolder;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Neighbours;
import dev.sartor.retrieve.text.Chunk;
import dev.sartor.retrieve.text.Chunker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// On which page of a PDF file a passage stands.
class PagesTest {
    @TempDir private Path root;
    private Path docs;

    @BeforeEach
    void folder() throws IOException {
        docs = Files.createDirectory(root.resolve("docs"));
    }

    private static String words(String stem, int count) {
        return String.join(" ", IntStream.range(0, count).mapToObj(i -> stem + i).toList()) + ".";
    }

    private List<Passage> found(String question) {
        var embedding = new Embedding("hashed-words", "d1", HashedWords::usual);
        IndexedFolder.run(root, embedding);
        try (var index = PersistentIndex.open(root.resolve("index"), _ -> HashedWords.usual())) {
            return index.search(question, 3, Principal.local(), SearchMode.BM25).stream()
                    .map(Finding::passage)
                    .toList();
        }
    }

    @Test
    void aPassageOfAPdfFileSaysOnWhichPageItStands() throws IOException {
        OfficeFiles.pdf(
                docs.resolve("handbook.pdf"),
                List.of(
                        List.of(words("alpha", 150)),
                        List.of(),
                        List.of("Kettles", "", "The boiler holds " + words("gamma", 150))));
        var passage = found("gamma3").getFirst();
        assertThat(passage.pages()).isEqualTo(Pages.of(3));
        assertThat(passage.place()).startsWith("handbook.pdf, p. 3");
        assertThat(found("alpha7").getFirst().place()).startsWith("handbook.pdf, p. 1");
        try (var index = PersistentIndex.open(root.resolve("index"), _ -> HashedWords.usual())) {
            assertThat(index.show("handbook.pdf").orElseThrow().pieces())
                    .extracting(PersistentIndex.Piece::pages)
                    .contains(Pages.of(1), Pages.of(3))
                    .allMatch(Pages::isKnown);
        }
    }

    @Test
    void aPassageThatGoesOverAPageBreakNamesBothPages() throws IOException {
        OfficeFiles.pdf(
                docs.resolve("short.pdf"),
                List.of(List.of("it begins here, it"), List.of("goes on there.")));
        assertThat(found("begins goes").getFirst().place()).isEqualTo("short.pdf, pp. 1–2");
    }

    @Test
    void pagesOfWhatIsAttachedAreNotThoseOfTheLetter() throws IOException {
        var attached = root.resolve("plan.pdf");
        OfficeFiles.pdf(attached, List.of(List.of("One page."), List.of("The lamp is green.")));
        OfficeFiles.eml(docs.resolve("letter.eml"), "See what is attached.", attached);
        var passage = found("lamp").getFirst();
        assertThat(passage.text()).contains("The lamp is green.");
        assertThat(passage.pages()).isEqualTo(Pages.none());
        assertThat(passage.place()).startsWith("letter.eml").doesNotContain("p. ");
    }

    @Test
    void aRepeatedSentenceBringsItsPageAlong() {
        var section =
                new Section(
                        List.of("A"),
                        List.of(words("one", 12) + " " + words("Two", 5), words("three", 14)),
                        List.of(Pages.of(1), Pages.of(2)));
        var document = new Document("a.pdf", "A", List.of(section), Readers.everyone());
        var chunks =
                new Chunker(new ChunkSettings(20, 6), HashedWords.usual()::countTokens)
                        .chunks(document);
        assertThat(chunks).extracting(Chunk::pages).containsExactly(Pages.of(1), new Pages(1, 2));
        var alone =
                new Chunker(new ChunkSettings(20, 0), HashedWords.usual()::countTokens)
                        .chunks(document);
        assertThat(alone).extracting(Chunk::pages).containsExactly(Pages.of(1), Pages.of(2));
    }

    @Test
    void neighboursThatAreJoinedNameThePagesOfBoth() {
        var first = passage("a.pdf#1", "one", Pages.of(3));
        var second = passage("a.pdf#2", "two", new Pages(4, 5));
        assertThat(Neighbours.joined(List.of(second, first)))
                .singleElement()
                .satisfies(joint -> assertThat(joint.pages()).isEqualTo(new Pages(3, 5)));
    }

    private static Passage passage(String id, String text, Pages pages) {
        return new Passage(id, "a.pdf", "", text, 1, Readers.everyone(), pages);
    }
}
