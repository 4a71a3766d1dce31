package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SartorExceptionTest {
    @Test
    void aTextThatIsTooLongIsTheUsersAndHasTheCodeThatHttpClientsKnow() {
        var failure = SartorException.tooLong("300 tokens, 256 fit");
        assertThat(failure.kind()).isEqualTo(SartorException.Kind.USER);
        assertThat(failure.code()).contains("context_length_exceeded");
        assertThat(failure.isTooLong()).isTrue();
        assertThat(failure).hasMessage("300 tokens, 256 fit");
    }

    @Test
    void otherFailuresHaveNoCode() {
        assertThat(SartorException.user("wrong").code()).isEmpty();
        assertThat(SartorException.user("wrong").isTooLong()).isFalse();
        assertThat(SartorException.missing("gone", new IllegalStateException()).code()).isEmpty();
    }

    @Test
    void aFormThatCannotBeHeldIsTheUsersAndHasACodeOfItsOwn() {
        var failure = SartorException.unheldForm("the schema is too large");
        assertThat(failure.kind()).isEqualTo(SartorException.Kind.USER);
        assertThat(failure.isUnheldForm()).isTrue();
        assertThat(failure.isTooLong()).isFalse();
        assertThat(SartorException.tooLong("300 tokens").isUnheldForm()).isFalse();
    }

    @Test
    void eachKindHasTheExitCodeThatScriptsKnow() {
        assertThat(SartorException.user("wrong").kind().exitCode()).isEqualTo(2);
        assertThat(SartorException.missing("gone").kind().exitCode()).isEqualTo(3);
        assertThat(SartorException.stopped("asked").kind().exitCode()).isEqualTo(130);
        assertThat(SartorException.defect("odd").kind().exitCode()).isEqualTo(70);
    }
}
