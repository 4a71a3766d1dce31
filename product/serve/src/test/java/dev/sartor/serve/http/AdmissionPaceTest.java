package dev.sartor.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sartor.core.Principal;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Patience;
import java.util.concurrent.CompletableFuture;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class AdmissionPaceTest {
    private static final Admission.Holder ALONE = new Admission.Holder(Principal.local(), false);

    private static void stayInLine() {}

    private static Admission.Ticket enter(Admission admission) {
        return admission.enter(ALONE, 1, AdmissionPaceTest::stayInLine);
    }

    @Test
    void theTimeToTryAgainIsThatOfTheLineAtTheUsualPace() {
        var admission = new Admission(Limits.usual().withRunning(2, 5));
        try (var _ = admission.enter(ALONE, 2, AdmissionPaceTest::stayInLine)) {
            fill(admission, 5);
            var failure = refusal(() -> enter(admission));
            assertThat(failure.retryAfterSeconds()).contains(3L); // six seconds in two places
            assertThat(failure.message())
                    .startsWith("2 answers are being made and 5 requests are waiting, ");
            admission.cut();
        }
    }

    @Test
    void theTimeToTryAgainIsAtMostAMinute() {
        var admission = new Admission(Limits.usual().withRunning(1, 80));
        try (var _ = enter(admission)) {
            fill(admission, 80);
            assertThat(refusal(() -> enter(admission)).retryAfterSeconds()).contains(60L);
            admission.cut();
        }
    }

    @Test
    void theTimeToTryAgainIsAtLeastASecond() {
        var admission = new Admission(Limits.usual().withRunning(1, 0));
        for (int i = 0; i < 200; i++) {
            enter(admission).close();
        }
        try (var _ = enter(admission)) {
            assertThat(refusal(() -> enter(admission)).retryAfterSeconds()).contains(1L);
        }
    }

    /// Each answer's time weighs a tenth: 0.9 s and a little after one that took no time, 0.81 s and a little after two.
    @Test
    void thePaceIsLearntFromTheAnswersMade() {
        var once = new Admission(Limits.usual().withRunning(1, 9));
        enter(once).close();
        try (var _ = enter(once)) {
            fill(once, 9);
            assertThat(refusal(() -> enter(once)).retryAfterSeconds()).contains(10L);
            once.cut();
        }
        var twice = new Admission(Limits.usual().withRunning(1, 9));
        enter(twice).close();
        enter(twice).close();
        try (var _ = enter(twice)) {
            fill(twice, 9);
            assertThat(refusal(() -> enter(twice)).retryAfterSeconds()).contains(9L);
            twice.cut();
        }
    }

    private static Failure refusal(ThrowingCallable call) {
        return catchThrowableOfType(Refused.class, call).failure();
    }

    /// So many stand in line, until a cut.
    private static void fill(Admission admission, int count) {
        for (int i = 0; i < count; i++) {
            var _ =
                    CompletableFuture.runAsync(
                            () -> enter(admission).close(), Thread::startVirtualThread);
        }
        Patience.until(() -> admission.waiting() == count);
    }
}
