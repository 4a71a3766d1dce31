package dev.sartor.serve.http;

import dev.sartor.serve.quota.Quotas;
import java.util.function.Supplier;

/// What a request asks of the server.
///
/// @param places one for each of its answers
/// @param likely tokens that it takes, roughly: by them tenants take turns
/// @param most tokens that it can take, counted; asked for where a limit holds for the caller
public record Demand(String model, int places, long likely, Supplier<Quotas.Usage> most) {
    /// A place alone.
    public static Demand withoutTokens() {
        return new Demand("", 1, Line.QUANTUM, () -> new Quotas.Usage("", 0, 0));
    }
}
