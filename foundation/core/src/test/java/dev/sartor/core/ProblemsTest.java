package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProblemsTest {
    private final Problems problems = new Problems();

    @Test
    void ofAFileWithOneBadRowAfterAnotherTwentyAreListedAndTheRestIsCountedByKind() {
        for (int line = 1; line <= 200_000; line++) {
            problems.add(
                    "train.jsonl:" + line,
                    "unknown label 'x%d'; the task's labels are a, b.".formatted(line));
        }
        problems.add("test.jsonl:3", "is not JSON: no.");
        assertThat(problems.all())
                .hasSize(22)
                .contains("train.jsonl:20: unknown label 'x20'; the task's labels are a, b.")
                .contains("test.jsonl:3: is not JSON: no.")
                .last()
                .isEqualTo("train.jsonl: and 199,980 more of this kind: unknown label '…'");
        assertThat(problems.count()).isEqualTo(200_001);
        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining("and 199,980 more of this kind")
                .hasMessageEndingWith("200,001 problems; nothing was started.");
    }

    @Test
    void theFirstOfEachKindIsListedHoweverLateItComes() {
        for (int line = 1; line <= 100; line++) {
            problems.add(
                    "train.jsonl:" + line,
                    line % 10 == 5 ? "is not JSON: no." : "'text' is empty.");
        }
        problems.add("train.jsonl:101", "lacks 'label'; it has text.");
        assertThat(problems.all())
                .hasSize(22)
                .contains("train.jsonl:101: lacks 'label'; it has text.")
                .last()
                .isEqualTo("train.jsonl: and 80 more: 72 × '…' is empty; 8 × is not JSON");
    }

    @Test
    void noFileHasMoreKindsThanTwenty() {
        for (int line = 1; line <= 1000; line++) {
            problems.add("train.jsonl:" + line, "kind " + "x".repeat(line % 500) + ".");
        }
        assertThat(problems.all()).hasSize(21);
        assertThat(problems.all().getLast()).contains(" × others");
    }

    private void add(String file, int rows) {
        for (int line = 1; line <= rows; line++) {
            problems.add(file + ":" + line, "'text' is empty.");
        }
    }

    @Test
    void itIsEmptyUntilSomethingIsWrong() {
        assertThat(problems.isEmpty()).isTrue();
        assertThatCode(problems::throwIfAny).doesNotThrowAnyException();
        problems.add("train.jsonl:1", "is not JSON: no.");
        assertThat(problems.isEmpty()).isFalse();
        assertThatThrownBy(problems::throwIfAny)
                .hasMessage("train.jsonl:1: is not JSON: no.\n1 problem; nothing was started.");
    }

    @Test
    void fiftyAreTheMostThatAreListedAndThenFilesSayWhatMoreThereIs() {
        add("a.jsonl", 25);
        add("b.jsonl", 20);
        add("c.jsonl", 10);
        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining("c.jsonl:10: ")
                .hasMessageContaining("a.jsonl: and 5 more of this kind")
                .hasMessageNotContaining("… and")
                .hasMessageEndingWith("\n55 problems; nothing was started.");
    }

    @Test
    void beyondFiftyTheRestIsANumber() {
        add("a.jsonl", 20);
        add("b.jsonl", 20);
        add("c.jsonl", 15);
        assertThatThrownBy(problems::throwIfAny)
                .hasMessageContaining("c.jsonl:10: ")
                .hasMessageNotContaining("c.jsonl:11: ")
                .hasMessageEndingWith("\n… and 5 more\n55 problems; nothing was started.");
    }
}
