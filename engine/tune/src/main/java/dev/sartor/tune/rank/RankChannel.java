package dev.sartor.tune.rank;

import dev.sartor.core.SartorException;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/// What one rank and another say to each other, over a connection that each has shown to know the token. A side that ends, or says
/// nothing for ten seconds, is lost. Thread-safe.
final class RankChannel implements AutoCloseable {
    private static final Duration BEAT = Duration.ofSeconds(1);
    private static final Duration SILENCE = Duration.ofSeconds(10);

    private static final int LOOKS = 20;
    private static final long LOOK_NANOS = 10_000_000;

    private final Socket socket;
    private final int other;
    private final Consumer<String> onLost;
    private final DataOutputStream out;
    private final LinkedBlockingQueue<Optional<RankMessage>> received = new LinkedBlockingQueue<>();
    private volatile Optional<String> lost = Optional.empty();

    /// Whether the other rank may go: the training is over.
    private volatile boolean closed;

    /// @param other the rank at the other end
    /// @param onLost is told why, once, on a thread of its own
    RankChannel(
            Socket socket,
            DataInputStream in,
            DataOutputStream out,
            int other,
            Consumer<String> onLost)
            throws IOException {
        this.socket = socket;
        this.other = other;
        this.onLost = onLost;
        this.out = out;
        socket.setSoTimeout(Math.toIntExact(SILENCE.toMillis()));
        Thread.ofVirtual().name("sartor-rank-" + other + "-in").start(() -> listen(in));
        Thread.ofVirtual().name("sartor-rank-" + other + "-beat").start(this::beat);
    }

    int other() {
        return other;
    }

    /// This machine's, as the other end reaches it.
    InetAddress ownAddress() {
        return socket.getLocalAddress();
    }

    void send(RankMessage message) {
        try {
            synchronized (out) {
                message.write(out);
            }
        } catch (IOException e) {
            lose("ended");
            throw lost();
        }
    }

    boolean isLost() {
        return lost.isPresent();
    }

    /// Tells the other rank that the training is over, if it is still there.
    ///
    /// @param complete whether all ranks are
    void sayEnd(boolean complete) {
        closed = true;
        if (lost.isEmpty()) {
            try {
                send(RankMessage.of(RankMessage.Kind.END, complete ? 0 : 1, 0));
            } catch (SartorException e) {
                org.slf4j.LoggerFactory.getLogger(RankChannel.class).debug("it is gone already", e);
            }
        }
    }

    /// The next message of this kind: what comes in another order is a defect.
    RankMessage receive(RankMessage.Kind kind) {
        var message = receive();
        if (message.kind() != kind) {
            throw SartorException.defect(
                    "rank " + other + " said " + message.kind() + " in place of " + kind);
        }
        return message;
    }

    /// @throws SartorException resources are missing when the other rank is lost
    RankMessage receive() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return received.take().orElseThrow(this::lost);
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void listen(DataInputStream in) {
        try {
            while (true) {
                var message = RankMessage.read(in);
                if (message.kind() == RankMessage.Kind.END) {
                    closed = true;
                }
                if (message.kind() != RankMessage.Kind.BEAT) {
                    received.add(Optional.of(message));
                }
            }
        } catch (SocketTimeoutException e) {
            lose("said nothing for " + SILENCE.toSeconds() + " s");
        } catch (IOException e) {
            lose("ended");
        }
    }

    private void beat() {
        try {
            while (!closed) {
                Thread.sleep(BEAT);
                synchronized (out) {
                    RankMessage.of(RankMessage.Kind.BEAT).write(out);
                }
            }
        } catch (IOException e) {
            lose("ended");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void lose(String why) {
        synchronized (received) {
            if (lost.isPresent()) {
                return;
            }
            lost = Optional.of(why);
        }
        received.add(Optional.empty());
        if (!closed) {
            onLost.accept("rank " + other + " " + why);
        }
    }

    private SartorException lost() {
        received.add(Optional.empty()); // for whoever asks next
        return SartorException.missing(
                "rank "
                        + other
                        + " "
                        + lost.orElse("is closed")
                        + ", and the training stopped: start it again, and it goes on from its last checkpoint, with as many"
                        + " ranks as you like.");
    }

    /// Waits a moment for the news that the other rank went, as a connection to it broke.
    ///
    /// @throws SartorException resources are missing when it is lost
    void refuseIfLost() {
        for (int i = 0; i < LOOKS && lost.isEmpty(); i++) {
            LockSupport.parkNanos(LOOK_NANOS);
        }
        if (!lost.isEmpty()) {
            throw lost();
        }
    }

    /// The other end sees that this one ended.
    @Override
    public void close() {
        closed = true;
        try {
            socket.close();
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot close the connection to rank " + other + ": " + e.getMessage(), e);
        }
    }
}
