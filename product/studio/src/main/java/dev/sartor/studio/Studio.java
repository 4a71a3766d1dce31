package dev.sartor.studio;

import dev.sartor.core.SartorException;
import dev.sartor.serve.server.PageServer;
import dev.sartor.studio.access.Session;
import dev.sartor.studio.page.StudioPages;
import dev.sartor.studio.read.StudioProjects;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.random.RandomGenerator;

/// The studio, running: pages over the projects of a folder, at an address of this machine alone. It reads what commands write, and acts as
/// whoever starts it.
public final class Studio implements AutoCloseable {
    /// Of the heap, what answers that are kept in memory may take.
    private static final int SHARE_OF_HEAP = 3;

    private final Session session;
    private final PageServer server;

    private Studio(Session session, PageServer server) {
        this.session = session;
        this.server = server;
    }

    /// Listens when it returns.
    ///
    /// @param folder that holds projects, or is one
    /// @param port 0 takes any free one
    /// @param random of whom nobody can guess the next number
    /// @throws SartorException a user's error where the folder is none, the host is reachable by others, or the port is taken
    public static Studio start(Path folder, String host, int port, RandomGenerator random) {
        var root = folder.toAbsolutePath().normalize();
        if (!Files.isDirectory(root)) {
            throw SartorException.user(
                    "FOLDER must be a folder that holds projects, or is one, got "
                            + root
                            + ": name another, or make one with `sartor init`.");
        }
        var session = new Session(random);
        var pages =
                new StudioPages(
                        session,
                        new StudioProjects(root, Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP));
        var server = PageServer.start(host, port, pages);
        pages.begin(server.port());
        return new Studio(session, server);
    }

    /// Without the token.
    public URI url() {
        return server.url();
    }

    /// What lets a browser in.
    public URI address() {
        return URI.create(url() + "/?" + Session.TOKEN + "=" + session.token());
    }

    @Override
    public void close() {
        server.close();
    }
}
