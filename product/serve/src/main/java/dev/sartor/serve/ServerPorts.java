package dev.sartor.serve;

import dev.sartor.serve.job.JobPorts;
import java.util.Optional;

/// What a server asks of others while it serves. Each is closed by whoever made it, after the server.
///
/// @param audit kept before a caller is answered
/// @param jobs what keeps files and does jobs; empty where none are taken on
public record ServerPorts(Audit audit, Optional<JobPorts> jobs) {
    private static final ServerPorts NONE = new ServerPorts(Audit.none(), Optional.empty());

    /// A server by itself: nothing is kept, nobody is limited.
    public static ServerPorts none() {
        return NONE;
    }

    public ServerPorts withAudit(Audit kept) {
        return new ServerPorts(kept, jobs);
    }

    public ServerPorts withJobs(JobPorts taken) {
        return new ServerPorts(audit, Optional.of(taken));
    }
}
