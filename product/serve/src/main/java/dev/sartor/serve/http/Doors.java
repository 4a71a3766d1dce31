package dev.sartor.serve.http;

import dev.sartor.serve.quota.Quotas;

/// What a request passes before it is worked on.
public record Doors(Admission admission, Metering metering) {
    /// For what takes a place and no tokens.
    public static Doors uncounted(Admission admission) {
        return new Doors(admission, new Metering(Quotas.none()));
    }
}
