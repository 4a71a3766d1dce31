package dev.sartor.promptsearch.budget;

import dev.sartor.core.SartorException;
import java.time.Clock;

/// Keeps a search within its budget: before each call its worst case is reserved, and a call whose worst case would pass the budget
/// is not made. Not thread-safe.
public final class Ledger {
    private static final double MILLISECONDS = 1000;

    private final SearchBudget budget;
    private final double machineSecond;
    private final Clock clock;
    private final double secondsBefore;
    private final long begun;
    private long tokens;
    private double price;
    private Cost reserved = Cost.NONE;
    private Cost heldBack = Cost.NONE;

    /// @param before what earlier sittings of the same search spent
    /// @param machineSecond what a second of this machine costs
    public Ledger(SearchBudget budget, Cost before, double machineSecond, Clock clock) {
        this.budget = budget;
        this.machineSecond = machineSecond;
        this.clock = clock;
        this.secondsBefore = before.seconds();
        this.begun = clock.millis();
        this.tokens = before.tokens();
        this.price = before.price();
    }

    public SearchBudget budget() {
        return budget;
    }

    /// Everything up to now, with the tokens that a call under way may take at most.
    public Cost spent() {
        return new Cost(
                tokens + reserved.tokens(),
                price + reserved.price(),
                secondsBefore + (clock.millis() - begun) / MILLISECONDS);
    }

    /// Of tokens and of the machine's time.
    public double money(Cost cost) {
        return cost.price() + cost.seconds() * machineSecond;
    }

    /// Whether a call that may cost so much can be made, with what is held back left over.
    public boolean admits(Cost worst) {
        var then = spent().plus(heldBack).plus(worst);
        return budget.holds(then, money(then));
    }

    /// Keeps so much for what comes at the end, in the place of what was held back before.
    public void holdBack(Cost atTheEnd) {
        heldBack = atTheEnd;
    }

    /// @param worst of the one call that is made now
    public void reserve(Cost worst) {
        if (!admits(worst) || !reserved.equals(Cost.NONE)) {
            throw SartorException.defect("a call was made that the budget does not admit");
        }
        reserved = new Cost(worst.tokens(), worst.price(), 0);
    }

    /// The call is over; its time is the clock's.
    public void settle(Cost actual) {
        reserved = Cost.NONE;
        tokens += actual.tokens();
        price += actual.price();
    }

    /// What is left, such as `12,000 tokens, 3.5 min`.
    public String left() {
        return BudgetText.left(budget, spent(), money(spent()));
    }
}
