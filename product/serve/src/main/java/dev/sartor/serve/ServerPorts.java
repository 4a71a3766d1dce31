package dev.sartor.serve;

import dev.sartor.serve.quota.Quotas;

/// What a server asks of others while it serves. Each is closed by whoever made it, after the server.
///
/// @param audit kept before a caller is answered
/// @param quotas how much each caller may use
/// @param adapters that callers attach and detach
public record ServerPorts(Audit audit, Quotas quotas, AdapterStore adapters) {
    private static final ServerPorts NONE =
            new ServerPorts(Audit.none(), Quotas.none(), AdapterStore.none());

    /// A server by itself: nothing is kept, nobody is limited, no adapters are taken.
    public static ServerPorts none() {
        return NONE;
    }

    public ServerPorts withAudit(Audit kept) {
        return new ServerPorts(kept, quotas, adapters);
    }

    public ServerPorts withQuotas(Quotas asked) {
        return new ServerPorts(audit, asked, adapters);
    }

    public ServerPorts withAdapters(AdapterStore store) {
        return new ServerPorts(audit, quotas, store);
    }
}
