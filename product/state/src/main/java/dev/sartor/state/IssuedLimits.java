package dev.sartor.state;

import dev.sartor.core.SartorException;
import java.time.Clock;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Says how much keys and tenants may use, and what tokens cost. What it says holds for every server on the same database within a
/// second. Thread-safe.
public final class IssuedLimits {
    private final Database database;
    private final Clock clock;

    IssuedLimits(Database database, Clock clock) {
        this.database = database;
        this.clock = clock;
    }

    /// In the place of those that it had.
    ///
    /// @throws SartorException a user's error where there is no such key, or a budget without a price
    public void put(LimitSubject subject, UsageLimits limits) {
        database.transaction(handle -> {
            if (limits.budget().isPresent() && LimitRows.prices(handle).isEmpty()) {
                throw SartorException.user(
                        "--budget is money, and no price is known: say what tokens cost first, such as"
                                + " `sartor limits price '*' --prompt 0.15 --completion 0.60`.");
            }
            LimitRows.put(handle, subject, limits);
            return true;
        });
    }

    /// @throws SartorException a user's error where it had none
    public void remove(LimitSubject subject) {
        boolean had = database.transaction(handle -> LimitRows.remove(handle, subject));
        if (!had) {
            throw SartorException.user(
                    subject
                            + " has no limits of its own: `sartor limits list` shows those that there are.");
        }
    }

    /// Those of keys first, by name.
    public Map<LimitSubject, UsageLimits> all() {
        var sorted = new LinkedHashMap<LimitSubject, UsageLimits>();
        database.transaction(LimitRows::limits).entrySet().stream()
                .sorted(
                        Map.Entry.comparingByKey(
                                Comparator.comparing(LimitSubject::kind)
                                        .thenComparing(LimitSubject::name)))
                .forEach(each -> sorted.put(each.getKey(), each.getValue()));
        return sorted;
    }

    /// In the place of what the model cost.
    public void put(TokenPrice price) {
        database.transaction(handle -> {
            LimitRows.put(handle, price);
            return true;
        });
    }

    public List<TokenPrice> prices() {
        return List.copyOf(database.transaction(LimitRows::prices).values());
    }

    /// The month that it is now, in UTC.
    public String month() {
        return Account.month(clock.instant());
    }

    /// By tenant, key and model.
    ///
    /// @param month such as `2026-12`
    public List<UsedTokens> used(String month) {
        return database.transaction(handle -> LimitRows.used(handle, month));
    }
}
