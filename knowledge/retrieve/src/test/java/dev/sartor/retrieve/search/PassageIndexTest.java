package dev.sartor.retrieve.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.documents.Document;
import dev.sartor.documents.ParseReport;
import dev.sartor.documents.Section;
import dev.sartor.documents.source.DocumentCollection;
import dev.sartor.documents.source.Documents;
import dev.sartor.retrieve.ChunkSettings;
import dev.sartor.retrieve.HashedWords;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.Watched;
import dev.sartor.retrieve.text.Analysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PassageIndexTest {
    private static final Documents SHOP =
            Documents.of(
                    List.of(
                            text("returns.md", "Returns", "Shoes may be returned for thirty days."),
                            text("warranty.md", "Warranty", "The kettle is covered for two years."),
                            text("shipping.md", "Shipping", "Parcels reach Ulm overnight.")));

    @TempDir private Path cache;
    private final HashedWords embedder = HashedWords.usual();

    private static Document text(String path, String title, String text) {
        return Document.of(path, title, text, Readers.everyone());
    }

    private PassageIndex open(DocumentCollection source, Progress progress) {
        return PassageIndex.open(
                cache,
                source,
                new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH),
                Optional.of(embedder),
                progress);
    }

    @ParameterizedTest
    @EnumSource
    void findsTheRightPassageWithItsSource(SearchMode mode) {
        try (var index = open(SHOP, Progress.silent())) {
            var found = index.search("kettle covered years", 2, Principal.local(), mode);
            assertThat(found.getFirst().id()).isEqualTo("warranty.md#1");
            assertThat(found.getFirst().document()).isEqualTo("warranty.md");
            assertThat(found.getFirst().text()).isEqualTo("The kettle is covered for two years.");
            assertThat(found)
                    .extracting(Passage::score)
                    .isSortedAccordingTo((a, b) -> Double.compare(b, a));
            assertThat(found).hasSizeLessThanOrEqualTo(2);
        }
    }

    @Test
    void stemsAndTheDocumentsTitleCountForWords() {
        try (var index = open(SHOP, Progress.silent())) {
            assertThat(index.search("returning a shoe", 1, Principal.local(), SearchMode.BM25))
                    .extracting(Passage::id)
                    .containsExactly("returns.md#1");
            assertThat(index.search("warranties", 1, Principal.local(), SearchMode.BM25))
                    .extracting(Passage::id)
                    .containsExactly("warranty.md#1");
        }
    }

    @Test
    void theFusionOfBothRankingsIsAsAsked() {
        var asked = List.of(new PassageIndex.Query("kettle covered years", Principal.local()));
        var hybrid = SearchSettings.of(SearchMode.HYBRID);
        try (var index = open(SHOP, Progress.silent())) {
            var ranks =
                    index.searchAll(asked, 1, hybrid.fusedBy(new Fusion.ReciprocalRankFusion()));
            assertThat(ranks.getFirst().getFirst().score()).isEqualTo(2 / 61.0);
            var scores =
                    index.searchAll(asked, 1, hybrid.fusedBy(new Fusion.ConvexCombination(0.3)));
            assertThat(scores.getFirst().getFirst().score()).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void ofTwoLikePassagesThatOfTheDocumentAboutTheMatterComesFirst() {
        var same = new Section(List.of(), List.of("kettle steam"));
        var documents =
                Documents.of(
                        List.of(
                                document("a.md", same, "lamp chair desk mug table window"),
                                document("b.md", same, "kettle steam water boil")));
        var asked = List.of(new PassageIndex.Query("kettle steam", Principal.local()));
        var byMeaning = SearchSettings.of(SearchMode.VECTOR);
        try (var index = open(documents, Progress.silent())) {
            assertThat(index.searchAll(asked, 2, byMeaning.withWholeDocument(0.5)).getFirst())
                    .extracting(Passage::id)
                    .containsExactly("b.md#1", "b.md#2");
            assertThat(index.searchAll(asked, 2, byMeaning.withWholeDocument(0)).getFirst())
                    .extracting(Passage::id)
                    .containsExactly("a.md#1", "b.md#1");
        }
    }

    private static Document document(String path, Section first, String second) {
        var sections = List.of(first, new Section(List.of(), List.of(second)));
        return new Document(path, "", sections, Readers.everyone());
    }

    @Test
    void neighboursAreJoinedAndAlikePassagesPassedOverWhereAsked() {
        var sentences =
                IntStream.range(0, 40)
                        .mapToObj(i -> "The kettle number " + i + " is covered for years.")
                        .collect(Collectors.joining(" "));
        var documents =
                Documents.of(
                        List.of(text("long.md", "Long", sentences), text("b.md", "B", "A lamp.")));
        var asked = List.of(new PassageIndex.Query("kettle covered", Principal.local()));
        var hybrid = SearchSettings.of(SearchMode.HYBRID);
        try (var index = open(documents, Progress.silent())) {
            assertThat(index.searchAll(asked, 2, hybrid).getFirst())
                    .extracting(Passage::document)
                    .containsExactly("long.md", "long.md");
            assertThat(index.searchAll(asked, 2, hybrid.withMmrLambda(0.1)).getFirst())
                    .extracting(Passage::document)
                    .containsExactly("long.md", "b.md");
            var joined = index.searchAll(asked, 3, hybrid.joiningNeighbours()).getFirst();
            assertThat(joined).extracting(Passage::id).contains("long.md#1-3");
            assertThat(joined.getFirst().text()).isEqualTo(sentences);
        }
    }

    @Test
    void unchangedDocumentsAreNotEmbeddedAgain() {
        open(SHOP, Progress.silent()).close();
        int embedded = embedder.embedded.get();
        var watched = new Watched();
        try (var index = open(SHOP, watched)) {
            assertThat(embedder.embedded.get()).isEqualTo(embedded).isEqualTo(3);
            assertThat(watched.steps).isEmpty();
            assertThat(index.passages()).isEqualTo(3);
            assertThat(index.search("kettle", 1, Principal.local(), SearchMode.BM25)).hasSize(1);
        }
    }

    @Test
    void changedDocumentsSettingsOrReadersMakeAnotherIndex() {
        open(SHOP, Progress.silent()).close();
        open(SHOP.readableBy(Readers.anyOf(List.of("group:a"))), Progress.silent()).close();
        var shorter = new IndexSettings(new ChunkSettings(32, 0), Analysis.ENGLISH);
        PassageIndex.open(cache, SHOP, shorter, Optional.of(embedder), Progress.silent()).close();
        PassageIndex.open(cache, SHOP, shorter, Optional.empty(), Progress.silent()).close();
        open(Documents.of(SHOP.all().subList(0, 2)), Progress.silent()).close();
        assertThat(folders()).hasSize(5);
    }

    private List<Path> folders() {
        try (var all = Files.list(cache)) {
            return all.filter(Files::isDirectory).toList();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void whatAKilledBuildLeftIsRemovedAndADamagedIndexIsBuiltAnew() throws IOException {
        open(SHOP, Progress.silent()).close();
        var folder = folders().getFirst();
        Files.createDirectories(cache.resolve(folder.getFileName() + ".part"));
        Files.writeString(cache.resolve(folder.getFileName() + ".part/half"), "x");
        Files.writeString(folder.resolve("manifest.json"), "{");
        var watched = new Watched();
        try (var index = open(SHOP, watched)) {
            assertThat(index.passages()).isEqualTo(3);
        }
        assertThat(watched.lines).singleElement().asString().contains("built anew");
        assertThat(folders()).containsExactly(folder);
    }

    @Test
    void aBuildThatFailsLeavesNoIndex() {
        var broken =
                new HashedWords(64, 256) {
                    @Override
                    public List<float[]> embed(List<String> texts) {
                        throw SartorException.missing("no memory");
                    }
                };
        assertThatThrownBy(() ->
                        PassageIndex.open(
                                cache,
                                SHOP,
                                new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH),
                                Optional.of(broken),
                                Progress.silent()))
                .hasMessage("no memory");
        assertThat(folders()).isEmpty();
    }

    @Test
    void nothingInAQuestionIsQuerySyntaxAndLongOnesAreSearchedToo() {
        try (var index = open(SHOP, Progress.silent())) {
            var principal = Principal.local();
            assertThat(index.search("id:* OR (kettle~ [", 1, principal, SearchMode.BM25))
                    .hasSize(1);
            assertThat(index.search(" \n", 1, principal, SearchMode.HYBRID)).isEmpty();
            assertThat(index.search("the of and", 1, principal, SearchMode.BM25)).isEmpty();
            var many =
                    IntStream.range(0, 5000)
                            .mapToObj(i -> "word" + i)
                            .collect(Collectors.joining(" ", "", " kettle"));
            assertThat(index.search(many, 1, principal, SearchMode.HYBRID)).hasSize(1);
        }
    }

    @Test
    void withoutAnEmbedderOnlyWordsAreSearched() {
        try (var index =
                PassageIndex.open(
                        cache,
                        SHOP,
                        new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH),
                        Optional.empty(),
                        Progress.silent())) {
            assertThat(index.search("kettle", 1, Principal.local(), SearchMode.BM25)).hasSize(1);
            assertThatThrownBy(
                            () -> index.search("kettle", 1, Principal.local(), SearchMode.HYBRID))
                    .hasMessageContaining("the mode must be bm25 in an index without an embedder");
        }
    }

    @Test
    void chunksThatTheEmbedderCannotReadWholeAreRefusedOrCounted() {
        var small = new HashedWords(64, 100);
        assertThatThrownBy(() ->
                        PassageIndex.open(
                                cache,
                                SHOP,
                                new IndexSettings(ChunkSettings.usual(), Analysis.ENGLISH),
                                Optional.of(small),
                                Progress.silent()))
                .hasMessageContaining("retrieval.chunk_tokens must be at most 100");
        var exact = new IndexSettings(new ChunkSettings(100, 0), Analysis.ENGLISH);
        var documents = Documents.of(List.of(text("a", "A title", "word ".repeat(100))));
        var watched = new Watched();
        PassageIndex.open(cache, documents, exact, Optional.of(small), watched).close();
        assertThat(watched.lines)
                .singleElement()
                .asString()
                .startsWith("1 of 1 passages are longer than the embedder reads");
    }

    @Test
    void aFolderWithoutTextIsTheUsersMistakeAndSaysWhatWasLeftOut() {
        var report = new ParseReport(0, List.of(new ParseReport.Unreadable("a.pdf", "empty")));
        assertThatThrownBy(() -> open(new Documents(List.of(), report), Progress.silent()))
                .hasMessageContaining("a.pdf: empty")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.USER);
    }
}
