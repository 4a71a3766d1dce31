package dev.sartor.retrieve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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
                .containsExactly(java.util.Map.entry("q", "Why?"));
    }

    @Test
    void everyBadRowIsNamed() throws IOException {
        var bad =
                file(
                        "{\"_id\": \"1\", \"text\": \"a\"}\n{\n{\"_id\": \"1\", \"text\": \"b\"}\n{\"_id\": 2, \"text\": \"c\"}\n");
        assertThatThrownBy(() -> BeirFiles.queries(bad))
                .hasMessageContaining(bad + ":2: a row must be a JSON object")
                .hasMessageContaining(bad + ":3: _id 1 stands there twice")
                .hasMessageContaining(bad + ":4: a row must have a text _id, got 2")
                .hasMessageContaining("3 problems");
        assertThatThrownBy(() -> BeirFiles.corpus(folder.resolve("no")))
                .hasMessageContaining("there is no file");
        assertThatThrownBy(() -> BeirFiles.corpus(file("")))
                .hasMessageContaining("at least one row");
    }
}
