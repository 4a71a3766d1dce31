package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Principal;
import org.junit.jupiter.api.Test;

class TalkTest {
    private static String said(int remembered) {
        var screen = Screen.asking("one\ntwo\nthree\n\nfour\n");
        var form = new AnswerForm.FreeText(8);
        new Talk(screen.console(), new Parrot(), form, Principal.local(), remembered).run();
        return screen.results();
    }

    @Test
    void eachQuestionIsAskedAloneWhereNothingIsRemembered() {
        assertThat(said(0)).isEqualTo("one\ntwo\nthree\n");
    }

    /// The model says all of its prompt.
    @Test
    void theLastQuestionsWithTheirAnswersStandBeforeTheNext() {
        assertThat(said(1)).isEqualTo("one\none\none\ntwo\ntwo\none\none\ntwo\nthree\n");
    }
}
