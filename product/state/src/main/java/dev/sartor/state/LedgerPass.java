package dev.sartor.state;

import dev.sartor.serve.quota.QuotaExceeded;
import dev.sartor.serve.quota.Quotas;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// What the ledger does in one transaction: settles what was used, lets go what servers left behind that have ended, and says of
/// each who asks whether it may go, waits or is refused. Used by one thread.
final class LedgerPass {
    private static final Duration LEASE = Duration.ofMinutes(2);
    private static final Duration BETWEEN_LEASES = Duration.ofSeconds(30);

    private final Clock clock;
    private final String server;
    private final Function<Reserved, Quotas.Reservation> reservations;
    private Instant prolonged = Instant.MIN;

    LedgerPass(Clock clock, String server, Function<Reserved, Quotas.Reservation> reservations) {
        this.clock = clock;
        this.server = server;
        this.reservations = reservations;
    }

    record Batch(List<Ledger.Ask> asked, List<Ledger.Told> told) {}

    /// What holds once the transaction is committed.
    static final class Result {
        private final Rates rates;
        private final List<Ledger.Ask> waiting = new ArrayList<>();
        private final List<Runnable> answers = new ArrayList<>();

        private Result(Rates rates) {
            this.rates = rates;
        }

        Rates rates() {
            return rates;
        }

        List<Ledger.Ask> waiting() {
            return waiting;
        }

        /// Tells those who asked.
        void answer() {
            answers.forEach(Runnable::run);
        }
    }

    Result run(Handle handle, Rates known, Batch batch) {
        var now = clock.instant();
        boolean isDue = now.isAfter(prolonged.plus(BETWEEN_LEASES));
        if (batch.asked().isEmpty() && batch.told().isEmpty() && !isDue) {
            return new Result(known.followed(handle));
        }
        AccountRows.lock(handle);
        var accounts = new Accounts(handle, known.followed(handle), now);
        if (isDue) {
            AccountRows.prolong(handle, server, now.plus(LEASE).toEpochMilli());
            takeOver(handle, accounts);
            prolonged = now;
        }
        settle(handle, accounts, batch.told());
        var result = new Result(accounts.rates());
        answer(handle, accounts, batch.asked(), result);
        accounts.write();
        return result;
    }

    /// Nobody knows what a request took whose server has ended: all that it might.
    private void takeOver(Handle handle, Accounts accounts) {
        var left = AccountRows.over(handle, accounts.now().toEpochMilli());
        settle(
                handle,
                accounts,
                left.stream()
                        .map(each -> new Ledger.Told(Optional.of(each), each.user(), each.most()))
                        .toList());
    }

    private static void settle(Handle handle, Accounts accounts, List<Ledger.Told> all) {
        var used = new HashMap<UsedTokens, UsedTokens.Count>();
        for (var told : all) {
            if (told.reserved().isPresent()) {
                if (!AccountRows.delete(handle, told.reserved().get().id())) {
                    continue;
                }
                accounts.settle(told.reserved().get(), told.taken());
            }
            var taken = told.taken();
            used.merge(
                    new UsedTokens(
                            Account.month(accounts.now()),
                            told.user().tenant(),
                            told.user().key(),
                            taken.model(),
                            new UsedTokens.Count(0, 0, 0, 0)),
                    new UsedTokens.Count(
                            1, taken.prompt(), taken.completion(), accounts.rates().cost(taken)),
                    UsedTokens.Count::plus);
        }
        used.forEach((whose, count) -> LimitRows.add(handle, whose.with(count)));
    }

    /// In their order: where one waits, later ones with the same limits wait behind it.
    private void answer(Handle handle, Accounts accounts, List<Ledger.Ask> asked, Result result) {
        var granted = new ArrayList<Reserved>();
        var behind = new HashSet<LimitSubject>();
        for (var ask : asked) {
            if (ask.done().isDone()) {
                continue; // it left
            }
            long nanos = accounts.rates().cost(ask.most());
            var all = accounts.of(ask.user());
            var refused = refusal(all, ask, nanos, accounts.now());
            if (refused.isPresent()) {
                result.answers.add(() -> ask.done().completeExceptionally(refused.get()));
            } else if (waits(all, ask, nanos, accounts.now(), behind)) {
                all.forEach(account -> behind.add(account.subject()));
                result.waiting.add(ask);
            } else {
                all.forEach(account -> account.hold(ask.most().tokens(), nanos));
                var reserved =
                        new Reserved(UUID.randomUUID().toString(), ask.user(), ask.most(), nanos);
                granted.add(reserved);
                result.answers.add(() -> grant(ask, reservations.apply(reserved)));
            }
        }
        AccountRows.insert(handle, granted, server, accounts.now().plus(LEASE).toEpochMilli());
    }

    private static void grant(Ledger.Ask ask, Quotas.Reservation reservation) {
        if (!ask.done().complete(reservation)) { // it left meanwhile
            reservation.settle(new Quotas.Usage(ask.most().model(), 0, 0));
        }
    }

    private static Optional<QuotaExceeded> refusal(
            List<Account> accounts, Ledger.Ask ask, long nanos, Instant now) {
        return accounts.stream()
                .map(account -> account.check(ask.most().tokens(), nanos, now))
                .flatMap(check ->
                        check instanceof Account.Check.Exceeds(var why)
                                ? Stream.of(why)
                                : Stream.empty())
                .findFirst();
    }

    private static boolean waits(
            List<Account> accounts,
            Ledger.Ask ask,
            long nanos,
            Instant now,
            Set<LimitSubject> behind) {
        return accounts.stream()
                .anyMatch(account ->
                        behind.contains(account.subject())
                                || account.check(ask.most().tokens(), nanos, now)
                                        instanceof Account.Check.Waits);
    }
}
