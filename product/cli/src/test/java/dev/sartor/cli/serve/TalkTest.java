package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
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

    private static Screen piped(String text) {
        var screen = Screen.piped(text);
        var form = new AnswerForm.FreeText(8);
        new Talk(screen.console(), new Parrot(), form, Principal.local(), 3).run();
        return screen;
    }

    @Test
    void whatIsPipedInIsOneQuestionWithAllOfItsLines() {
        var screen = piped("one\n\ntwo\n");
        assertThat(screen.results()).isEqualTo("one\n\ntwo\n");
        assertThat(screen.remarks()).as("no prompt").isEmpty();
    }

    @Test
    void anInputWithoutAQuestionIsRefusedWithTheNextStep() {
        assertThatThrownBy(() -> piped(" \n"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("the standard input must hold a question, got nothing")
                .hasMessageContaining("--ask");
        assertThatThrownBy(() -> piped("word ".repeat(300_000)))
                .hasMessageContaining("at most 1000000 characters");
    }
}
