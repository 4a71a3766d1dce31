package dev.sartor.state;

import dev.sartor.serve.quota.QuotaExceeded;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.OptionalLong;

/// What is left to a key or a tenant. What a minute allows fills up steadily, as a bucket does, up to a whole minute's. Not
/// thread-safe.
final class Account {
    /// Parts of a request or a token: what is left grows by the limit each millisecond.
    private static final long PARTS = 60_000;

    /// What is left where there is no limit: as much as any that may come has.
    private static final long FULL = 1_000_000_000L * PARTS;

    private final LimitSubject subject;
    private final UsageLimits limits;
    private Values values;

    /// As they are stored.
    ///
    /// @param running requests that are answered now
    /// @param heldTokens that those may take
    /// @param heldNanos that those may cost
    /// @param spent in the month
    record Values(Left left, long running, long heldTokens, long heldNanos, Spent spent) {}

    /// @param requests in sixty-thousandths
    /// @param tokens in sixty-thousandths
    /// @param filled milliseconds since 1970
    record Left(long requests, long tokens, long filled) {}

    record Spent(String month, long nanos) {}

    /// What becomes of a request.
    sealed interface Check {
        record Fits() implements Check {}

        /// It may fit when others have ended.
        record Waits() implements Check {}

        record Exceeds(QuotaExceeded why) implements Check {}
    }

    /// @param stored empty for one that was never used
    Account(LimitSubject subject, UsageLimits limits, Optional<Values> stored, Instant now) {
        this.subject = subject;
        this.limits = limits;
        long time = now.toEpochMilli();
        var old =
                stored.orElse(
                        new Values(new Left(FULL, FULL, time), 0, 0, 0, new Spent(month(now), 0)));
        this.values =
                new Values(
                        filled(old.left(), time),
                        old.running(),
                        old.heldTokens(),
                        old.heldNanos(),
                        old.spent().month().equals(month(now))
                                ? old.spent()
                                : new Spent(month(now), 0));
    }

    LimitSubject subject() {
        return subject;
    }

    Values values() {
        return values;
    }

    static String month(Instant now) {
        return YearMonth.from(now.atZone(ZoneOffset.UTC)).toString();
    }

    private long requests() {
        return limits.requestsMinute().orElse(0);
    }

    private long tokens() {
        return limits.tokensMinute().orElse(0);
    }

    private static long most(OptionalLong aMinute) {
        return aMinute.isPresent() ? aMinute.getAsLong() * PARTS : FULL;
    }

    private Left filled(Left left, long time) {
        long passed = Math.clamp(time - left.filled(), 0, PARTS);
        return new Left(
                filled(limits.requestsMinute(), left.requests(), passed),
                filled(limits.tokensMinute(), left.tokens(), passed),
                Math.max(time, left.filled()));
    }

    private static long filled(OptionalLong aMinute, long left, long millis) {
        return aMinute.isPresent()
                ? Math.min(most(aMinute), left + millis * aMinute.getAsLong())
                : FULL;
    }

    /// Whether a request may begin that takes so much at most.
    Check check(long wanted, long nanos, Instant now) {
        long free = values.left().tokens();
        if (limits.tokensMinute().isPresent() && wanted > tokens()) {
            return never(
                    "This request can take " + wanted + " tokens, and " + tokens() + " a minute",
                    "ask for fewer with max_tokens, or send less");
        }
        var money = money(nanos, now);
        if (money.isPresent()) {
            return money.get();
        }
        if (limits.requestsMinute().isPresent() && values.left().requests() < PARTS) {
            return later(
                    requests() + " requests a minute",
                    PARTS - values.left().requests(),
                    requests());
        }
        if (limits.tokensMinute().isPresent() && free < wanted * PARTS) {
            return free + values.heldTokens() * PARTS >= wanted * PARTS
                    ? new Check.Waits()
                    : later(tokens() + " tokens a minute", wanted * PARTS - free, tokens());
        }
        return limits.concurrent().isPresent()
                        && values.running() >= limits.concurrent().getAsLong()
                ? new Check.Waits()
                : new Check.Fits();
    }

    private Optional<Check> money(long nanos, Instant now) {
        if (limits.budget().isEmpty()) {
            return Optional.empty();
        }
        long budget = limits.budget().getAsLong();
        if (nanos > budget) {
            return Optional.of(
                    never(
                            "This request can cost more than the budget of a whole month",
                            "ask for fewer tokens with max_tokens, or send less"));
        }
        if (nanos > budget - values.spent().nanos()) {
            var next = YearMonth.parse(values.spent().month()).plusMonths(1).atDay(1);
            return Optional.of(
                    new Check.Exceeds(
                            new QuotaExceeded(
                                    QuotaExceeded.Limit.BUDGET,
                                    "What is left of this month's budget of this "
                                            + subject.kind().text()
                                            + " does not cover this request: ask for fewer tokens with"
                                            + " max_tokens, or ask the server's keeper for more.",
                                    Optional.of(
                                            Duration.between(
                                                    now,
                                                    next.atStartOfDay(ZoneOffset.UTC)
                                                            .toInstant())))));
        }
        return nanos > budget - values.spent().nanos() - values.heldNanos()
                ? Optional.of(new Check.Waits())
                : Optional.empty();
    }

    private Check never(String what, String next) {
        return new Check.Exceeds(
                new QuotaExceeded(
                        QuotaExceeded.Limit.RATE,
                        what
                                + " are all that this "
                                + subject.kind().text()
                                + " may use: "
                                + next
                                + ".",
                        Optional.empty()));
    }

    /// @param missing parts
    private Check later(String limit, long missing, long aMillisecond) {
        return new Check.Exceeds(
                new QuotaExceeded(
                        QuotaExceeded.Limit.RATE,
                        "The limit of this "
                                + subject.kind().text()
                                + ", "
                                + limit
                                + ", is reached: try again later.",
                        Optional.of(Duration.ofMillis(Math.ceilDiv(missing, aMillisecond)))));
    }

    void hold(long wanted, long nanos) {
        var left = values.left();
        values =
                new Values(
                        new Left(
                                left.requests() - PARTS,
                                left.tokens() - wanted * PARTS,
                                left.filled()),
                        values.running() + 1,
                        values.heldTokens() + wanted,
                        values.heldNanos() + nanos,
                        values.spent());
    }

    /// @param held tokens and billionths, as they were held
    /// @param taken tokens and billionths
    void settle(Amount held, Amount taken) {
        var left = values.left();
        values =
                new Values(
                        new Left(
                                left.requests(),
                                Math.min(
                                        most(limits.tokensMinute()),
                                        left.tokens() + (held.tokens() - taken.tokens()) * PARTS),
                                left.filled()),
                        Math.max(0, values.running() - 1),
                        Math.max(0, values.heldTokens() - held.tokens()),
                        Math.max(0, values.heldNanos() - held.nanos()),
                        new Spent(values.spent().month(), values.spent().nanos() + taken.nanos()));
    }

    /// @param nanos billionths of a unit of money
    record Amount(long tokens, long nanos) {}
}
