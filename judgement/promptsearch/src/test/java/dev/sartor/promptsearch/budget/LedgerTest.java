package dev.sartor.promptsearch.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.promptsearch.FakeClock;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class LedgerTest {
    private final FakeClock clock = new FakeClock();

    private Ledger ledger(long tokens, double money, double minutes, Cost before) {
        var budget =
                new SearchBudget(
                        OptionalLong.of(tokens),
                        OptionalDouble.of(money),
                        OptionalDouble.of(minutes));
        return new Ledger(budget, before, 0.01, clock);
    }

    @Test
    void aCallIsAdmittedUpToTheLastTokenAndNoFurther() {
        var ledger = ledger(100, 100, 100, new Cost(40, 0, 0));
        assertThat(ledger.admits(new Cost(60, 0, 0))).isTrue();
        assertThat(ledger.admits(new Cost(61, 0, 0))).isFalse();
        ledger.reserve(new Cost(60, 0, 0));
        assertThat(ledger.spent().tokens()).isEqualTo(100);
        ledger.settle(new Cost(10, 0, 0));
        assertThat(ledger.spent().tokens()).isEqualTo(50);
    }

    @Test
    void whatIsHeldBackIsNotSpentOnOtherCalls() {
        var ledger = ledger(100, 100, 100, Cost.NONE);
        ledger.holdBack(new Cost(70, 0, 0));
        assertThat(ledger.admits(new Cost(31, 0, 0))).isFalse();
        ledger.holdBack(Cost.NONE);
        assertThat(ledger.admits(new Cost(31, 0, 0))).isTrue();
    }

    @Test
    void timeCountsByTheClockAndWithThatOfEarlierSittings() {
        var ledger = ledger(100, 100, 2, new Cost(0, 0, 60));
        clock.advance(30);
        assertThat(ledger.spent().seconds()).isEqualTo(90);
        assertThat(ledger.admits(new Cost(1, 0, 30))).isTrue();
        assertThat(ledger.admits(new Cost(1, 0, 30.1))).isFalse();
    }

    @Test
    void theMachinesHoursAreMoneyToo() {
        var ledger = ledger(100, 1, 100, Cost.NONE);
        clock.advance(50); // half of the money
        assertThat(ledger.admits(new Cost(1, 0.25, 25))).isTrue();
        assertThat(ledger.admits(new Cost(1, 0.26, 25))).isFalse();
    }

    @Test
    void aCallThatIsNotAdmittedIsADefect() {
        var ledger = ledger(10, 1, 1, Cost.NONE);
        assertThatThrownBy(() -> ledger.reserve(new Cost(11, 0, 0)))
                .hasMessageContaining("does not admit");
    }

    @Test
    void aBudgetWithoutAnyLimitOrWithAnEmptyOneIsRefused() {
        assertThatThrownBy(() ->
                        new SearchBudget(
                                OptionalLong.empty(),
                                OptionalDouble.empty(),
                                OptionalDouble.empty()))
                .hasMessageContaining("--tokens, --minutes and --money");
        assertThatThrownBy(() ->
                        new SearchBudget(
                                OptionalLong.of(0), OptionalDouble.empty(), OptionalDouble.empty()))
                .hasMessageContaining("--tokens must be at least 1, got 0");
    }
}
