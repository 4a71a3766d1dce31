package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.file.AtomicFile;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgedPassagesTest {
    @TempDir Path folder;

    private Path file(String name, String text) {
        var file = folder.resolve(name);
        AtomicFile.write(file, text);
        return file;
    }

    @Test
    void rowsJudgeAPassageOrPairOneThatAnswersWithOneThatDoesNot() {
        var file =
                file(
                        "rows.jsonl",
                        """
                        {"question": "Who?", "passage": "Ann.", "relevant": true}
                        {"question": "Who?", "passage": "Now.", "relevant": 0}
                        {"anchor": "Why?", "positive": "So.", "negative": "Now."}
                        {"anchor": "Who?", "positive": "Ann herself."}
                        """);
        assertThat(JudgedPassages.joined(RowFile.judged(file).rows()))
                .containsExactly(
                        new JudgedPassages(
                                "Who?", List.of("Ann.", "Ann herself."), List.of("Now.")),
                        new JudgedPassages("Why?", List.of("So."), List.of("Now.")));
    }

    @Test
    void theyComeAsCsvToo() {
        var file = file("rows.csv", "question,passage,relevant\nWho?,Ann.,true\nWho?,Now.,false\n");
        assertThat(JudgedPassages.joined(RowFile.judged(file).rows()))
                .containsExactly(new JudgedPassages("Who?", List.of("Ann."), List.of("Now.")));
    }

    @Test
    void everyBadRowIsNamedByItsLine() {
        var file =
                file(
                        "rows.jsonl",
                        """
                        {"question": "Who?", "passage": "Ann.", "relevant": "perhaps"}
                        {"question": "Who?", "pasage": "Ann.", "relevant": true}
                        {"question": "Why?", "passage": "So.", "relevant": true}
                        {"question": "Why?", "passage": "So.", "relevant": false}
                        {"anchor": "When?"}
                        {"text": "Ann."}
                        """);
        assertThatThrownBy(() -> RowFile.judged(file))
                .hasMessageContaining(
                        "rows.jsonl:1: 'relevant' must be true or false, got '\"perhaps\"'.")
                .hasMessageContaining("rows.jsonl:2: lacks 'passage'")
                .hasMessageContaining(
                        "rows.jsonl:4: says of 'So.' that it does not answer 'Why?', and the contrary is said before.")
                .hasMessageContaining("rows.jsonl:5: lacks 'positive'")
                .hasMessageContaining("rows.jsonl:6: lacks 'question'");
    }
}
