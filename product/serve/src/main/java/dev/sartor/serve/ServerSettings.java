package dev.sartor.serve;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/// Where the server listens and whom it lets in.
///
/// @param host an address of this machine; one that other machines can reach needs an API key
/// @param port 0 takes any free one
/// @param keys one of which callers must send; without any, whoever is at this machine is
///     {@link dev.sartor.core.Principal#local()}
/// @param transport plain for this machine alone
/// @param ports what it asks of others
public record ServerSettings(
        String host,
        int port,
        Optional<Keys> keys,
        Limits limits,
        Transport transport,
        ServerPorts ports) {
    public ServerSettings {
        Problems.refuseUnless(
                port >= 0 && port <= 65535,
                "--port",
                "0 to 65535",
                port,
                "0 takes any free one, 8080 is usual");
        boolean isReachable = !address(host).isLoopbackAddress();
        if (keys.isEmpty() && isReachable) {
            throw SartorException.user(
                    "--host "
                            + host
                            + " can be reached from other machines, and no API key is set: set the"
                            + " environment variable SARTOR_API_KEY to a secret that clients then"
                            + " send, name a file of keys with --keys or issued keys with --state, or leave out --host to"
                            + " serve this machine alone (127.0.0.1).");
        }
        if (isReachable && transport instanceof Transport.Plain) {
            throw SartorException.user(
                    "--host "
                            + host
                            + " can be reached from other machines, and keys and texts would cross the network in"
                            + " the clear: give --tls-cert and --tls-key, say with --behind-proxy from which"
                            + " addresses a proxy that ends TLS connects, or leave out --host to serve this"
                            + " machine alone (127.0.0.1).");
        }
    }

    /// For this machine alone.
    public ServerSettings(String host, int port, Optional<Keys> keys, Limits limits) {
        this(host, port, keys, limits, new Transport.Plain(), ServerPorts.none());
    }

    /// With keys that stay the same; none where there are none.
    public ServerSettings(String host, int port, List<ApiKey> keys, Limits limits) {
        this(host, port, keys.isEmpty() ? Optional.empty() : Optional.of(Keys.of(keys)), limits);
    }

    /// This machine alone, without a key.
    public static ServerSettings local(int port) {
        return new ServerSettings("127.0.0.1", port, Optional.empty(), Limits.usual());
    }

    public ServerSettings withApiKey(ApiKey key) {
        return new ServerSettings(
                host, port, Optional.of(Keys.of(List.of(key))), limits, transport, ports);
    }

    public ServerSettings withLimits(Limits changed) {
        return new ServerSettings(host, port, keys, changed, transport, ports);
    }

    public ServerSettings withTransport(Transport changed) {
        return new ServerSettings(host, port, keys, limits, changed, ports);
    }

    public ServerSettings withPorts(ServerPorts asked) {
        return new ServerSettings(host, port, keys, limits, transport, asked);
    }

    public InetAddress address() {
        return address(host);
    }

    private static InetAddress address(String host) {
        try {
            if (host.isBlank()) {
                throw new UnknownHostException("blank");
            }
            return InetAddress.getByName(host);
        } catch (UnknownHostException e) {
            throw SartorException.user(
                    "--host must be an address of this machine, got '"
                            + host
                            + "', which no name server knows: leave it out to serve this machine"
                            + " alone (127.0.0.1), or use 0.0.0.0 for every network.",
                    e);
        }
    }
}
