package dev.sartor.tune.rank;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.tune.TuneSettings;
import dev.sartor.tune.objective.Batches;
import dev.sartor.tune.objective.Learner;
import dev.sartor.tune.optimiser.Peers;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;

/// How many processes a training is divided among, and which of them this one is. All see the same rows; rank 0 measures, decides and
/// writes, the others compute with it. Their tensors go over connections that are neither encrypted nor signed: a network of one's own
/// is what ranks are for.
public final class Ranks {
    private static final Ranks NONE = new Ranks(Optional.empty(), Starter.nobody());
    private static final int CONNECT_MILLIS = 2000;
    private static final long PAUSE_NANOS = 200_000_000;

    private final Optional<Place> place;
    private final Starter starter;

    private Ranks(Optional<Place> place, Starter starter) {
        this.place = place;
        this.starter = starter;
    }

    /// @param rank this process's, from 0
    /// @param count of all
    /// @param here how many of them share this machine's memory
    /// @param rendezvous where rank 0 listens; port 0 for any, where it starts the others itself
    /// @param joining how long ranks wait until all are there
    /// @param version of the program, which all must share
    /// @param onLost is told of a rank that went, on a thread of its own: the training ends with an error, unless it hangs
    public record Place(
            int rank,
            int count,
            int here,
            InetSocketAddress rendezvous,
            RankToken token,
            Duration joining,
            String version,
            Consumer<String> onLost) {}

    /// Starts the other ranks where they are this process's to start.
    @FunctionalInterface
    public interface Starter {
        /// Ranks that somebody else starts.
        static Starter nobody() {
            return (_, _) -> Started.NOBODY;
        }

        /// @param rendezvous where rank 0 listens
        Started start(InetSocketAddress rendezvous, RankToken token);
    }

    /// Ranks that were started. Closing waits for their end, and ends those that do not.
    public interface Started extends AutoCloseable {
        Started NOBODY =
                new Started() {
                    @Override
                    public Optional<String> failure() {
                        return Optional.empty();
                    }

                    @Override
                    public void close() {}
                };

        /// Why one of them ended, if one did.
        Optional<String> failure();

        @Override
        void close();
    }

    /// A training by this process alone.
    public static Ranks none() {
        return NONE;
    }

    public static Ranks leading(Place place, Starter starter) {
        return new Ranks(Optional.of(place), starter);
    }

    public static Ranks following(Place place) {
        return new Ranks(Optional.of(place), Starter.nobody());
    }

    public boolean areNone() {
        return place.isEmpty();
    }

    /// Whether this is another rank than the first.
    public boolean isFollowing() {
        return place.filter(each -> each.rank() > 0).isPresent();
    }

    /// Processes of the training that share this machine's memory.
    public int here() {
        return place.map(Place::here).orElse(1);
    }

    public int count() {
        return place.map(Place::count).orElse(1);
    }

    /// Rank 0's: waits for the others and connects to them.
    ///
    /// @param training what all must agree on, by name
    /// @param passes how steps are computed, which rank 0 chose
    public Peers gather(
            Map<String, String> training,
            TuneSettings.Passes passes,
            Progress progress,
            Cancellation cancellation) {
        if (areNone()) {
            return Peers.none();
        }
        var own = place.orElseThrow();
        try (var rendezvous = Rendezvous.open(own.rendezvous())) {
            if (own.rendezvous().getPort() != 0) {
                progress.say(
                        "rank 0 waits for "
                                + (own.count() - 1)
                                + " more at "
                                + rendezvous.address());
            }
            var started = starter.start(rendezvous.address(), own.token());
            var joined = Map.<Integer, RankChannel>of();
            try {
                joined =
                        rendezvous.gather(
                                new Rendezvous.Host(
                                        greeting(own, training),
                                        Json.line(passes).getBytes(StandardCharsets.UTF_8),
                                        own.token(),
                                        own.joining(),
                                        started::failure,
                                        own.onLost()),
                                progress,
                                cancellation);
                return LeadingRank.connect(List.copyOf(joined.values()), own.joining(), started);
            } catch (RuntimeException e) {
                joined.values().forEach(RankChannel::close);
                started.close();
                throw e;
            }
        }
    }

    private static RankGreeting greeting(Place own, Map<String, String> training) {
        var all = new TreeMap<>(training);
        all.put("version", own.version());
        return new RankGreeting(own.rank(), own.count(), all);
    }

    /// Another rank's: joins, and takes steps until rank 0 says that the training is over.
    ///
    /// @param learner made of the passes that rank 0 chose, and the peers
    /// @param batches of this learner
    public <R> void follow(
            Map<String, String> training,
            BiFunction<TuneSettings.Passes, Peers, Learner<R>> learner,
            Function<Learner<R>, Batches<R>> batches,
            int epochs,
            Progress progress) {
        var own = place.orElseThrow();
        var joined = join(own, greeting(own, training), progress);
        try (var rank =
                        FollowingRank.connect(
                                own.rank(), own.count(), joined.leader(), own.joining());
                var made = learner.apply(joined.passes(), rank)) {
            var rows = batches.apply(made);
            rank.follow(made, rows, rows.inEpoch() * epochs, progress);
        }
    }

    private record Joined(RankChannel leader, TuneSettings.Passes passes) {}

    /// Rank 0 may be started later.
    private static Joined join(Place own, RankGreeting greeting, Progress progress) {
        long end = System.nanoTime() + own.joining().toNanos();
        boolean said = false;
        while (true) {
            var socket = new Socket();
            try {
                socket.connect(fresh(own.rendezvous()), CONNECT_MILLIS);
                var in = new DataInputStream(socket.getInputStream());
                var out = new DataOutputStream(socket.getOutputStream());
                var welcome = new RankHandshake(socket, in, out, own.token()).ask(greeting);
                return new Joined(
                        new RankChannel(socket, in, out, 0, own.onLost()),
                        Json.mapper().readValue(welcome, TuneSettings.Passes.class));
            } catch (IOException e) {
                close(socket);
                if (System.nanoTime() > end) {
                    throw SartorException.missing(
                            "rank "
                                    + own.rank()
                                    + " found no rank 0 at "
                                    + own.rendezvous()
                                    + " within "
                                    + own.joining().toSeconds()
                                    + " s ("
                                    + e.getMessage()
                                    + "): start it there with --rank 0 and the same SARTOR_RANK_TOKEN, and let the firewall"
                                    + " pass connections between the ranks' machines.",
                            e);
                }
                if (!said) {
                    progress.say("rank " + own.rank() + " looks for rank 0 at " + own.rendezvous());
                    said = true;
                }
                LockSupport.parkNanos(PAUSE_NANOS);
            } catch (RuntimeException e) {
                close(socket);
                throw e;
            }
        }
    }

    /// A name may be known later than it is asked for.
    private static InetSocketAddress fresh(InetSocketAddress address) {
        return new InetSocketAddress(address.getHostString(), address.getPort());
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(Ranks.class).debug("not closed", e);
        }
    }
}
