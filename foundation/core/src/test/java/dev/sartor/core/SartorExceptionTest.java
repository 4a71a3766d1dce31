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
}
