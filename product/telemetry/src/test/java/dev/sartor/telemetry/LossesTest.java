package dev.sartor.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What was lost is counted, and the log is not filled with it.
class LossesTest {
    @Test
    void lossesAreCountedAndSaidOnceAMinute() {
        var said = new ArrayList<String>();
        var now = new AtomicLong();
        var losses = new Losses(said::add, now::get);
        losses.say();
        assertThat(said).isEmpty();
        losses.spans(3, "it answered 500");
        losses.say();
        losses.spans(4, "it answered 500");
        losses.metrics("it did not answer in time");
        now.set(Losses.MINUTE - 1);
        losses.say();
        assertThat(said).singleElement().asString().contains("(it answered 500): 3 spans");
        now.set(Losses.MINUTE);
        losses.say();
        assertThat(said).hasSize(2);
        assertThat(said.getLast())
                .contains("(it did not answer in time): 4 spans", "metrics not told 1 times");
        losses.spans(1, "it is gone");
        losses.sayLast();
        assertThat(said).hasSize(3);
    }
}
