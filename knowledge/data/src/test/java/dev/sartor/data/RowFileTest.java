package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Message;
import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowFileTest {
    @TempDir Path folder;

    private Path file(String name, String text) {
        var file = folder.resolve(name);
        AtomicFile.write(file, text);
        return file;
    }

    @Test
    void preferencesAreTextsOrMessages() {
        var file =
                file(
                        "rows.jsonl",
                        """
                        {"prompt": "Hello", "chosen": "Good day.", "rejected": "What?"}
                        {"prompt": [{"role": "user", "content": "Hi"}], "chosen": [{"role": "assistant", "content": "Hi!"}], "rejected": "No."}
                        """);
        assertThat(RowFile.preferences(file).rows())
                .containsExactly(
                        new Preference(List.of(Message.user("Hello")), "Good day.", "What?"),
                        new Preference(List.of(Message.user("Hi")), "Hi!", "No."));
    }

    @Test
    void everyBadPreferenceIsNamedByItsLine() {
        var file =
                file(
                        "rows.jsonl",
                        """
                        {"prompt": "Hello", "chosen": "Same.", "rejected": "Same."}
                        {"prompt": "Hello", "choosen": "Good day.", "rejected": "What?"}
                        """);
        assertThatThrownBy(() -> RowFile.preferences(file))
                .hasMessageContaining("rows.jsonl:1")
                .hasMessageContaining("are the same")
                .hasMessageContaining("rows.jsonl:2")
                .hasMessageContaining("lacks 'chosen'");
    }

    @Test
    void pairsMayHaveANegativeAndComeAsCsv() {
        var file =
                file("rows.csv", "anchor,positive,negative\nWho?,Ann.,\nWhy?,So.,\"Now, then.\"\n");
        assertThat(RowFile.similar(file).rows())
                .containsExactly(
                        new SimilarTexts("Who?", "Ann.", Optional.empty()),
                        new SimilarTexts("Why?", "So.", Optional.of("Now, then.")));
    }

    @Test
    void textsKeepTheirLinesAndAnEmptyFileIsRefused() {
        var rows = file("rows.json", "[{\"text\": \"def f():\\n    pass\\n\"}]");
        assertThat(RowFile.texts(rows).rows()).containsExactly("def f():\n    pass\n");
        assertThatThrownBy(() -> RowFile.texts(file("empty.jsonl", "")))
                .hasMessageContaining("has no rows");
        assertThatThrownBy(() -> RowFile.texts(folder.resolve("none.jsonl")))
                .hasMessageContaining("is no file");
    }
}
