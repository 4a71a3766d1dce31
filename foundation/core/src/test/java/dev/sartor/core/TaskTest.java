package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TaskTest {
    private static Task task(List<String> labels) {
        return new Task(
                "mail", "Sort it.", labels, "accuracy", Optional.empty(), 0, Optional.empty(), 32);
    }

    @Test
    void aTaskWithLabelsIsAnsweredByOneOfThem() {
        assertThat(task(List.of("spam", "ham")).isClassification()).isTrue();
        assertThat(task(List.of("spam", "ham")).form())
                .isEqualTo(new AnswerForm.OneOf(List.of("spam", "ham")));
    }

    @Test
    void aTaskWithoutLabelsIsAnsweredInFreeTextOfItsLength() {
        assertThat(task(List.of()).isClassification()).isFalse();
        assertThat(task(List.of()).form()).isEqualTo(new AnswerForm.FreeText(32));
    }
}
