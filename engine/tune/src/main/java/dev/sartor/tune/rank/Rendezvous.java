package dev.sartor.tune.rank;

import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Where rank 0 waits for the others. Who does not show to know the token is let go without a word.
final class Rendezvous implements AutoCloseable {
    /// Of strangers and ranks that have not shown who they are.
    private static final int MOST_AT_ONCE = 32;

    private static final int LOOK_MILLIS = 100;

    private final ServerSocket server;
    private final Semaphore visitors = new Semaphore(MOST_AT_ONCE);
    private final Map<Integer, RankChannel> joined = new TreeMap<>();
    private Optional<String> refused = Optional.empty();

    private Rendezvous(ServerSocket server) {
        this.server = server;
    }

    /// @param at port 0 for any that is free
    static Rendezvous open(InetSocketAddress at) {
        ServerSocket server;
        try {
            server = new ServerSocket();
        } catch (IOException e) {
            throw refused(at, e);
        }
        try {
            server.setSoTimeout(LOOK_MILLIS);
            server.bind(at);
            return new Rendezvous(server);
        } catch (IOException | RuntimeException e) {
            close(server);
            throw refused(at, e);
        }
    }

    private static SartorException refused(InetSocketAddress at, Exception cause) {
        return SartorException.user(
                "--rendezvous must be an address of this machine that rank 0 can listen at, got "
                        + at
                        + " ("
                        + cause.getMessage()
                        + "): name another address or port, the same for all ranks.",
                cause);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) server.getLocalSocketAddress();
    }

    /// What rank 0 brings along.
    ///
    /// @param welcome what those are told that join
    /// @param broken why waiting is of no use any more; empty while it is
    record Host(
            RankGreeting greeting,
            byte[] welcome,
            RankToken token,
            Duration patience,
            Supplier<Optional<String>> broken,
            Consumer<String> onLost) {}

    /// Waits until all have joined.
    ///
    /// @return the channels to the others, in the order of their ranks
    /// @throws SartorException a user's error where one has another training before it; resources are missing where one does not come
    Map<Integer, RankChannel> gather(Host host, Progress progress, Cancellation cancellation) {
        long end = System.nanoTime() + host.patience().toNanos();
        int others = host.greeting().ranks() - 1;
        try (var bar = progress.begin("waiting for ranks", others, "ranks")) {
            int shown = 0;
            while (true) {
                synchronized (joined) {
                    if (refused.isPresent()) {
                        throw SartorException.user(refused.get());
                    }
                    bar.advance(joined.size() - shown);
                    shown = joined.size();
                    if (shown == others) {
                        return new TreeMap<>(joined);
                    }
                }
                host.broken()
                        .get()
                        .ifPresent(why -> {
                            throw SartorException.missing(why);
                        });
                if (cancellation.isAsked()) {
                    throw SartorException.stopped(
                            "Stopped while waiting for " + missing(host) + ".");
                }
                if (System.nanoTime() > end) {
                    throw SartorException.missing(
                            missing(host)
                                    + " did not join at "
                                    + address()
                                    + " within "
                                    + host.patience().toSeconds()
                                    + " s: start them with the same --ranks, --rendezvous and SARTOR_RANK_TOKEN, or wait longer"
                                    + " with --join-timeout.");
                }
                accept(host);
            }
        } catch (RuntimeException e) {
            synchronized (joined) {
                joined.values().forEach(RankChannel::close);
            }
            throw e;
        }
    }

    private String missing(Rendezvous.Host host) {
        synchronized (joined) {
            return IntStream.range(1, host.greeting().ranks())
                    .filter(rank -> !joined.containsKey(rank))
                    .mapToObj(rank -> "rank " + rank)
                    .collect(Collectors.joining(", "));
        }
    }

    private void accept(Host host) {
        try {
            var socket = server.accept();
            if (visitors.tryAcquire()) {
                Thread.ofVirtual().name("sartor-rank-visitor").start(() -> greet(socket, host));
            } else {
                socket.close();
            }
        } catch (SocketTimeoutException e) {
            return; // nobody came: the caller looks around
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot wait for ranks at " + address() + ": " + e.getMessage(), e);
        }
    }

    private void greet(Socket socket, Host host) {
        try {
            var in = new DataInputStream(socket.getInputStream());
            var out = new DataOutputStream(socket.getOutputStream());
            var handshake = new RankHandshake(socket, in, out, host.token());
            var greeting = handshake.asked();
            synchronized (joined) {
                var refusal =
                        joined.containsKey(greeting.rank())
                                ? Optional.of(
                                        "rank "
                                                + greeting.rank()
                                                + " was started twice: give each its own --rank.")
                                : host.greeting().refusal(greeting);
                if (refusal.isPresent()) {
                    refused = refusal;
                    handshake.refuse(refusal.get());
                    socket.close();
                    return;
                }
                handshake.welcome(host.welcome());
                joined.put(
                        greeting.rank(),
                        new RankChannel(socket, in, out, greeting.rank(), host.onLost()));
            }
        } catch (IOException | RuntimeException e) {
            close(socket); // a stranger, or one that went away: the others are waited for
        } finally {
            visitors.release();
        }
    }

    private static void close(java.io.Closeable open) {
        try {
            open.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Rendezvous.class).debug("not closed", e);
        }
    }

    @Override
    public void close() {
        close(server);
    }
}
