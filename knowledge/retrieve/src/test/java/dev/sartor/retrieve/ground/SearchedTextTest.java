package dev.sartor.retrieve.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchedTextTest {
    private static String searched(Message... messages) {
        return SearchedText.of(
                new Question(
                        "1",
                        List.of(messages),
                        new AnswerForm.FreeText(8),
                        Sampling.greedy(),
                        Principal.local()));
    }

    @Test
    void aQuestionAloneIsSearchedForAsItIs() {
        assertThat(searched(Message.system("Be brief."), Message.user("What does it cost?")))
                .isEqualTo("What does it cost?");
    }

    @Test
    void ofAConversationTheLastMessageStandsThriceBeforeTheTwoEarlierOnes() {
        assertThat(
                        searched(
                                Message.user("Hello"),
                                Message.assistant("Good day."),
                                Message.user("The Otter?"),
                                Message.assistant("31 kg."),
                                Message.user("And the Wren?"),
                                Message.assistant("16.5 kg."),
                                Message.user("Colours?")))
                .isEqualTo("Colours?\nColours?\nColours?\nAnd the Wren?\nThe Otter?");
    }

    @Test
    void whereNoUserSpeaksTheLastMessageIsSearchedFor() {
        assertThat(searched(Message.system("Deposit"))).isEqualTo("Deposit");
    }
}
