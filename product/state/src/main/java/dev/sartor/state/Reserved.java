package dev.sartor.state;

import dev.sartor.serve.quota.Quotas;

/// What one request may take, as it is stored while the request runs.
///
/// @param nanos what the most costs, in billionths
record Reserved(String id, Quotas.User user, Quotas.Usage most, long nanos) {
    Account.Amount amount() {
        return new Account.Amount(most.tokens(), nanos);
    }
}
