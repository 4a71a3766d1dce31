package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.data.Judgement.Preferred;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JudgementTest {
    @TempDir Path folder;

    @Test
    void aRowSaysWhichOfTwoAnswersSomebodyPrefers() {
        var rows =
                RowFile.judgements(
                                file(
                                        """
                                        {"question": "q", "first": "a", "second": "b", "preferred": "Second", "annotator": 7}
                                        {"question": "q", "first": "a", "second": "b", "preferred": "tie", "reference": "a"}
                                        """))
                        .rows();
        assertThat(rows)
                .containsExactly(
                        new Judgement(
                                "q",
                                "a",
                                "b",
                                Optional.empty(),
                                Preferred.SECOND,
                                Optional.of("7")),
                        new Judgement(
                                "q", "a", "b", Optional.of("a"), Preferred.TIE, Optional.empty()));
    }

    @Test
    void everyWrongRowIsNamed() {
        var file =
                file(
                        """
                        {"question": "q", "first": "a", "second": "b", "preferred": "left"}
                        {"question": "q", "first": "a", "preferred": "tie"}
                        """);
        assertThatThrownBy(() -> RowFile.judgements(file))
                .hasMessageContaining(
                        "judgements.jsonl:1: 'preferred' must be first, second or tie, got 'left'.")
                .hasMessageContaining("judgements.jsonl:2: lacks 'second'")
                .hasMessageContaining("2 problems");
    }

    @Test
    void aPreferenceIsTurnedWithItsAnswers() {
        assertThat(Preferred.FIRST.swapped()).isEqualTo(Preferred.SECOND);
        assertThat(Preferred.TIE.swapped()).isEqualTo(Preferred.TIE);
        assertThat(Preferred.of(-0.5)).isEqualTo(Preferred.SECOND);
        assertThat(Preferred.SECOND.sign()).isEqualTo(-1);
    }

    private Path file(String rows) {
        var file = folder.resolve("judgements.jsonl");
        AtomicFile.write(file, rows);
        return file;
    }
}
