package dev.sartor.documents.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.documents.Document;
import dev.sartor.documents.Section;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BeirFilesTest {
    @TempDir private Path folder;

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("rows.jsonl"), text);
    }

    @Test
    void corpusAndQueriesAreReadInTheirOrder() throws IOException {
        var corpus =
                BeirFiles.corpus(
                        file(
                                """
                                {"_id": "7", "title": "Kettles", "text": "They boil.", "metadata": {}}

                                {"_id": "3", "text": "No title."}
                                """));
        assertThat(corpus.all()).extracting(Document::path).containsExactly("7", "3");
        assertThat(corpus.all()).extracting(Document::title).containsExactly("Kettles", "");
        assertThat(corpus.all().getFirst().sections())
                .containsExactly(new Section(List.of(), List.of("They boil.")));
        assertThat(BeirFiles.queries(file("{\"_id\": \"q\", \"text\": \"Why?\"}")))
                .containsExactly(Map.entry("q", "Why?"));
    }

    @Test
    void aDocumentMayBeWithoutAnyText() throws IOException {
        var corpus = BeirFiles.corpus(file("{\"_id\": \"5\", \"title\": \"\", \"text\": \"\"}"));
        assertThat(corpus.all()).extracting(Document::path).containsExactly("5");
    }

    @Test
    void everyBadRowIsNamed() throws IOException {
        var bad =
                file(
                        """
                        {"_id": "1", "text": "a"}
                        {
                        {"_id": "1", "text": "b"}
                        {"_id": {}, "text": "c"}
                        [3]
                        {"text": "d"}
                        """);
        assertThatThrownBy(() -> BeirFiles.queries(bad))
                .hasMessageContaining(bad + ":2: is not JSON")
                .hasMessageContaining(bad + ":3: has the id '1', which a row before it has")
                .hasMessageContaining(bad + ":4: '_id' must be a text, got")
                .hasMessageContaining(bad + ":5: must be a JSON object, got")
                .hasMessageContaining(bad + ":6: lacks '_id'; it has text")
                .hasMessageContaining("5 problems");
        assertThatThrownBy(() -> BeirFiles.corpus(folder.resolve("no")))
                .hasMessageContaining("is no file: check the path");
        assertThatThrownBy(() -> BeirFiles.corpus(file(""))).hasMessageContaining("has no rows");
    }
}
