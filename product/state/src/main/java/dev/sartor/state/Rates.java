package dev.sartor.state;

import dev.sartor.serve.quota.Quotas;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;

/// Limits and prices as they are after so many changes.
record Rates(long changes, Map<LimitSubject, UsageLimits> limits, Map<String, TokenPrice> prices) {
    Rates {
        limits = Map.copyOf(limits);
        prices = Map.copyOf(prices);
    }

    static Rates read(Handle handle) {
        return new Rates(
                LimitRows.changes(handle), LimitRows.limits(handle), LimitRows.prices(handle));
    }

    /// The same where nothing changed.
    Rates followed(Handle handle) {
        return LimitRows.changes(handle) == changes ? this : read(handle);
    }

    /// The key and the tenant of a user, as far as they are limited.
    Stream<LimitSubject> limited(Quotas.User user) {
        return Stream.concat(
                        user.key().map(LimitSubject::key).stream(),
                        user.tenant().map(LimitSubject::tenant).stream())
                .filter(subject -> of(subject).isPresent());
    }

    Optional<UsageLimits> of(LimitSubject subject) {
        return Optional.ofNullable(limits.get(subject))
                .or(() -> Optional.ofNullable(limits.get(LimitSubject.each(subject.kind()))));
    }

    /// What it costs, in billionths; nothing where no price is known.
    long cost(Quotas.Usage usage) {
        var price = prices.get(usage.model());
        var known = price == null ? prices.get(TokenPrice.EACH) : price;
        return known == null ? 0 : known.of(usage);
    }
}
