package dev.sartor.state;

import dev.sartor.serve.quota.Quotas;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/// The accounts that one transaction looks at; those that it changed are written at its end. Used by one thread.
final class Accounts {
    private final Handle handle;
    private final Rates rates;
    private final Instant now;
    private final Map<LimitSubject, Account> known = new HashMap<>();

    Accounts(Handle handle, Rates rates, Instant now) {
        this.handle = handle;
        this.rates = rates;
        this.now = now;
    }

    Instant now() {
        return now;
    }

    Rates rates() {
        return rates;
    }

    /// Of everyone whose limits count for a user.
    List<Account> of(Quotas.User user) {
        return rates.limited(user).map(this::account).toList();
    }

    private Account account(LimitSubject subject) {
        return known.computeIfAbsent(
                subject,
                _ ->
                        new Account(
                                subject,
                                rates.of(subject).orElseThrow(),
                                AccountRows.find(handle, subject),
                                now));
    }

    /// Lets go what was reserved, and takes what was used of it.
    void settle(Reserved reserved, Quotas.Usage taken) {
        var amount = new Account.Amount(taken.tokens(), rates.cost(taken));
        of(reserved.user()).forEach(account -> account.settle(reserved.amount(), amount));
    }

    /// Writes those that are known.
    void write() {
        known.values().forEach(account -> AccountRows.put(handle, account));
    }
}
