package dev.sartor.serve.server;

import dev.sartor.core.SartorException;
import dev.sartor.serve.ServerSettings;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;

/// Takes the port, before any of the server is there, so that a port in use is one line and nothing else.
final class Listening {
    /// A burst of connections waits here; the usual 50 or 128 drops some.
    private static final int ACCEPT_QUEUE = 1024;

    private Listening() {}

    static ServerSocketChannel on(ServerSettings settings) throws IOException {
        var channel = ServerSocketChannel.open();
        try {
            return channel.bind(
                    new InetSocketAddress(settings.address(), settings.port()), ACCEPT_QUEUE);
        } catch (BindException e) {
            channel.close();
            throw failure(settings, e);
        }
    }

    private static SartorException failure(ServerSettings settings, BindException e) {
        var reason = String.valueOf(e.getMessage());
        var place = "port " + settings.port() + " on " + settings.host();
        if (reason.contains("assign")) {
            return SartorException.user(
                    settings.host()
                            + " is not an address of this machine: give --host one of its own, or"
                            + " leave it out to serve this machine alone (127.0.0.1).",
                    e);
        }
        if (reason.contains("denied")) {
            return SartorException.user(
                    place + " may not be taken by this user: choose one from 1024 with --port.", e);
        }
        return SartorException.user(
                place
                        + " is in use by another program: choose another with --port, or --port 0"
                        + " for any free one.",
                e);
    }
}
