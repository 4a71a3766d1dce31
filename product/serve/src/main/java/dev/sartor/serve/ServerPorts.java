package dev.sartor.serve;

import dev.sartor.serve.job.JobPorts;
import dev.sartor.serve.quota.Quotas;
import java.util.Optional;

/// What a server asks of others while it serves. Each is closed by whoever made it, after the server.
///
/// @param audit kept before a caller is answered
/// @param quotas how much each caller may use
/// @param adapters that callers attach and detach
/// @param jobs what keeps files and does jobs; empty where none are taken on
/// @param telemetry told how long requests took
public record ServerPorts(
        Audit audit,
        Quotas quotas,
        AdapterStore adapters,
        Optional<JobPorts> jobs,
        Telemetry telemetry) {
    private static final ServerPorts NONE =
            new ServerPorts(
                    Audit.none(),
                    Quotas.none(),
                    AdapterStore.none(),
                    Optional.empty(),
                    Telemetry.none());

    /// A server by itself: nothing is kept, nobody is limited, no adapters and no jobs are taken.
    public static ServerPorts none() {
        return NONE;
    }

    public ServerPorts withAudit(Audit kept) {
        return new ServerPorts(kept, quotas, adapters, jobs, telemetry);
    }

    public ServerPorts withQuotas(Quotas asked) {
        return new ServerPorts(audit, asked, adapters, jobs, telemetry);
    }

    public ServerPorts withAdapters(AdapterStore store) {
        return new ServerPorts(audit, quotas, store, jobs, telemetry);
    }

    public ServerPorts withJobs(JobPorts taken) {
        return new ServerPorts(audit, quotas, adapters, Optional.of(taken), telemetry);
    }

    public ServerPorts withTelemetry(Telemetry told) {
        return new ServerPorts(audit, quotas, adapters, jobs, told);
    }
}
