package dev.sartor.retrieve.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.data.DocumentColumns;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.access.AccessManifest;
import dev.sartor.documents.access.AccessPolicy;
import dev.sartor.documents.source.DocumentSources;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.search.IndexSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowShelfTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path root;

    private IndexReport run(AccessPolicy access, Path... sources) {
        var shelves =
                new DocumentSources(
                        List.of(), DocumentColumns.usual(), access, ParseLimits.usual());
        try (var indexer =
                        Indexer.open(
                                root.resolve("index"),
                                Embedding.none(),
                                IndexSettings.usual(),
                                Clock.systemUTC());
                var shelf = shelves.open(List.of(sources))) {
            return indexer.run(shelf, false, Progress.silent(), new Cancellation());
        }
    }

    private List<String> found(String query) {
        try (var open =
                PersistentIndex.open(
                        root.resolve("index"),
                        _ -> {
                            throw new AssertionError("no embedder");
                        })) {
            return open.search(query, 5, ANN, SearchMode.BM25).stream()
                    .map(finding -> finding.passage().document())
                    .toList();
        }
    }

    private Path write(String path, String text) throws IOException {
        var file = root.resolve(path);
        Files.createDirectories(file.resolveSibling("."));
        return Files.writeString(file, text);
    }

    @Test
    void aCorpusOfRowsIsFollowedRowByRow() throws IOException {
        write(
                "beir/corpus.jsonl",
                """
                {"_id": "7", "title": "Kettles", "text": "They boil."}
                {"_id": "8", "title": "", "text": "Lamps shine."}
                """);
        var beir = root.resolve("beir");
        assertThat(run(AccessPolicy.everyone(), beir).counts().added()).isEqualTo(2);
        assertThat(found("kettles")).containsExactly("7");
        write(
                "beir/corpus.jsonl",
                """
                {"_id": "8", "title": "", "text": "Lamps shine."}
                {"_id": "7", "title": "Kettles", "text": "They boil water."}
                {"_id": "9", "text": "Mugs hold tea."}
                """);
        assertThat(run(AccessPolicy.everyone(), beir).counts())
                .isEqualTo(new IndexReport.Counts(1, 1, 1, 0, 0, 0));
        assertThat(found("water")).containsExactly("7");
    }

    @Test
    void severalSourcesLieUnderTheirNamesAndTheManifestSeesThose() throws IOException {
        write("docs/a.md", "# A\nA kettle.");
        var rows = write("wiki.csv", "id,title,text\np1,Pan,A pan and a kettle\n");
        var manifest = write("access.yaml", "rules: [{paths: wiki.csv, readers: [user:ann]}]");
        var access = new AccessPolicy(Optional.of(AccessManifest.read(manifest)), false, false, "");
        run(access, root.resolve("docs"), rows);
        assertThat(found("kettle")).containsExactly("wiki.csv/p1");
        run(AccessPolicy.everyone(), root.resolve("docs"), rows);
        assertThat(found("kettle")).containsExactlyInAnyOrder("wiki.csv/p1", "docs/a.md");
    }

    @Test
    void rowsThatAreNoDocumentsAreNamedAndNothingChanges() throws IOException {
        var rows = write("a.jsonl", "{\"id\": \"1\", \"text\": \"A kettle.\"}\n");
        run(AccessPolicy.everyone(), rows);
        write("a.jsonl", "{\"id\": \"1\", \"text\": \"\"}\n{\"id\": \"2\"}\n");
        assertThatThrownBy(() -> run(AccessPolicy.everyone(), rows))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("a.jsonl:1: 'text' is empty.")
                .hasMessageContaining("a.jsonl:2: lacks 'text'");
        assertThat(found("kettle")).containsExactly("1");
    }

    @Test
    void whatIsNoSourceIsRefusedWithWhatIsOne() throws IOException {
        var file = write("a.md", "# A");
        assertThatThrownBy(() -> run(AccessPolicy.everyone(), file))
                .hasMessageContaining("must be a folder of documents, a BEIR corpus, or a JSONL");
    }

    @Test
    void twoSourcesOfOneNameAreRefused() throws IOException {
        write("a/docs/x.md", "# X");
        write("b/docs/y.md", "# Y");
        assertThatThrownBy(() ->
                        run(
                                AccessPolicy.everyone(),
                                root.resolve("a/docs"),
                                root.resolve("b/docs")))
                .hasMessage(
                        "two sources are named docs: documents' paths begin with the source's name;"
                                + " rename one.");
    }
}
