package dev.sartor.serve;

/// What a server asks of others while it serves. Each is closed by whoever made it, after the server.
///
/// @param audit kept before a caller is answered
public record ServerPorts(Audit audit) {
    private static final ServerPorts NONE = new ServerPorts(Audit.none());

    /// A server by itself: nothing is kept, nobody is limited.
    public static ServerPorts none() {
        return NONE;
    }

    public ServerPorts withAudit(Audit kept) {
        return new ServerPorts(kept);
    }
}
