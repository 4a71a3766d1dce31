package dev.sartor.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class SideBySideTest {
    @Test
    void noMoreAreUnderWayThanAllowed() throws FetchFailure {
        var now = new AtomicInteger();
        var most = new AtomicInteger();
        var all = new ArrayList<SideBySide.Work>();
        for (int i = 0; i < 20; i++) {
            all.add(() -> {
                most.accumulateAndGet(now.incrementAndGet(), Math::max);
                now.decrementAndGet();
            });
        }
        SideBySide.some(all, 3);
        assertThat(most.get()).isBetween(1, 3);
    }

    @Test
    void whatIsUnderWayIsFinishedAfterAFailureAndNothingElseBegun() {
        var failed = new CountDownLatch(1);
        var finished = new AtomicInteger();
        SideBySide.Work failing =
                () -> {
                    failed.countDown();
                    throw new FetchFailure.Refused("no");
                };
        SideBySide.Work slow =
                () -> {
                    await(failed);
                    finished.incrementAndGet();
                };
        assertThatThrownBy(() -> SideBySide.some(List.of(slow, failing), 2))
                .isInstanceOf(FetchFailure.Refused.class)
                .hasMessage("no");
        assertThat(finished).hasValue(1);
        assertThatThrownBy(() -> SideBySide.some(List.of(failing, finished::incrementAndGet), 1))
                .isInstanceOf(FetchFailure.Refused.class);
        assertThat(finished).hasValue(1);
    }

    @Test
    void aFullDiskIsThrownAsItIs() {
        SideBySide.Work full =
                () -> {
                    throw SartorException.missing("full");
                };
        assertThatThrownBy(() -> SideBySide.some(List.of(full), 2))
                .isInstanceOf(SartorException.class)
                .hasMessage("full");
        assertThatThrownBy(() -> SideBySide.allOrNothing(List.of(full)))
                .isInstanceOf(SartorException.class)
                .hasMessage("full");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
