package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleTest {
    private static final List<Message> ASKED =
            List.of(Message.system("Be brief."), Message.user("What is the fee?"));

    private static Example example(List<Message> input, List<String> references) {
        return new Example(
                "7", input, references, Readers.everyone(), new Origin("train.jsonl", 12));
    }

    @Test
    void itsTextIsTheLastTurnAndItsReferenceThePreferredOne() {
        var example = example(ASKED, List.of("Ten euros.", "10 €"));
        assertThat(example.text()).isEqualTo("What is the fee?");
        assertThat(example.reference()).isEqualTo("Ten euros.");
    }

    @Test
    void oneWithoutInputOrReferenceIsRefusedWithItsLine() {
        assertThatThrownBy(() -> example(List.of(), List.of("Ten euros.")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("train.jsonl:12");
        assertThatThrownBy(() -> example(ASKED, List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("train.jsonl:12");
    }

    @Test
    void theQuestionOfAnExampleIsAskedGreedilyByThePersonAtThisMachine() {
        var form = new AnswerForm.FreeText(16);
        var question = Question.of(example(ASKED, List.of("Ten euros.")), form);
        assertThat(question)
                .isEqualTo(new Question("7", ASKED, form, Sampling.greedy(), Principal.local()));
        assertThat(question.text()).isEqualTo("What is the fee?");
        assertThat(question.opening()).isEmpty();
    }

    @Test
    void aQuestionKeepsAllThatIsNotReplaced() {
        var question =
                Question.of(example(ASKED, List.of("Ten euros.")), new AnswerForm.FreeText(16));
        var opening = List.of(Message.system("Be brief."));
        assertThat(question.withOpening(opening).blank().opening()).isEqualTo(opening);
        assertThat(question.withOpening(opening).blank().text()).isEmpty();
        assertThat(question.withOpening(opening).messages()).isEqualTo(ASKED);
        var seeded = Sampling.greedy().withSeed(3);
        assertThat(
                        question.withSampling(seeded)
                                .withMessages(opening, Readers.everyone())
                                .sampling())
                .isEqualTo(seeded);
    }
}
