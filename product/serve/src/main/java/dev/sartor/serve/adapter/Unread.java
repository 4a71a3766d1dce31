package dev.sartor.serve.adapter;

import io.javalin.http.Context;
import java.io.IOException;
import java.time.Duration;

/// What is left of a body that was refused.
final class Unread {
    private static final int MOST = 16 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(2);

    private Unread() {}

    /// Reads some of it and forgets it: a client that is still sending when the connection is closed may never see why.
    static void drain(Context context) {
        var forgotten = new byte[1 << 16];
        long until = System.nanoTime() + LONGEST.toNanos();
        try {
            var in = context.req().getInputStream();
            for (int read = 0, left = MOST; read >= 0 && left > 0; left -= read) {
                read = System.nanoTime() > until ? -1 : in.read(forgotten);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Unread.class)
                    .debug("a client that was refused is gone", e);
        }
    }
}
