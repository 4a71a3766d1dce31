package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerFormTest {
    @Test
    void oneTokenIsTheLeastThatAnAnswerMayHave() {
        assertThat(new AnswerForm.FreeText(1).maxTokens()).isEqualTo(1);
        assertThatThrownBy(() -> new AnswerForm.FreeText(0))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("max_tokens must be at least 1, got 0");
    }

    @Test
    void aChoiceNeedsALabel() {
        assertThatThrownBy(() -> new AnswerForm.OneOf(List.of()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("labels must be at least one");
        assertThat(new AnswerForm.OneOf(List.of("yes")).labels()).containsExactly("yes");
    }

    @Test
    void whoChangesHisListAfterwardsChangesNoForm() {
        var labels = new ArrayList<>(List.of("yes", "no"));
        var form = new AnswerForm.OneOf(labels);
        labels.clear();
        assertThat(form.labels()).containsExactly("yes", "no");
    }

    @Test
    void anObjectIsAskedForByItsSchema() {
        assertThat(AnswerForm.JsonText.object(5).schema().toString())
                .isEqualTo("{\"type\":\"object\"}");
        assertThat(AnswerForm.JsonText.any(5).schema().toString()).isEqualTo("true");
    }
}
