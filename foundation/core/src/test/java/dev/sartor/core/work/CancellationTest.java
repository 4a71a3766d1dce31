package dev.sartor.core.work;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CancellationTest {
    @Test
    void itIsAskedOnceSomebodyAsksAndStaysSo() {
        var cancellation = new Cancellation();
        assertThat(cancellation.isAsked()).isFalse();
        cancellation.ask();
        assertThat(cancellation.isAsked()).isTrue();
        assertThat(cancellation.isAsked()).isTrue();
    }
}
