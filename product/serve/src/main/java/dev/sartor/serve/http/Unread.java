package dev.sartor.serve.http;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What is left of a body that was refused.
public final class Unread {
    private static final Logger LOG = LoggerFactory.getLogger(Unread.class);
    private static final int MOST = 16 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Unread() {}

    /// Reads some of it and forgets it: a client that is still sending when the connection is closed may never see why.
    public static void drain(Context context) {
        var forgotten = new byte[1 << 16];
        long until = System.nanoTime() + LONGEST.toNanos();
        try {
            var in = context.req().getInputStream();
            for (int read = 0, left = MOST; read >= 0 && left > 0; left -= read) {
                read = System.nanoTime() > until ? -1 : in.read(forgotten);
            }
        } catch (IOException e) {
            LOG.debug("a client that was refused is gone", e);
        }
    }
}
