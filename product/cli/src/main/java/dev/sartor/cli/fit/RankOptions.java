package dev.sartor.cli.fit;

import dev.sartor.cli.console.Console;
import dev.sartor.cli.console.Version;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.tensor.Engine;
import dev.sartor.tune.rank.RankToken;
import dev.sartor.tune.rank.Ranks;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Among how many processes a training is divided, and which of them this one is.
public final class RankOptions {
    /// The environment variable that holds the token.
    static final String TOKEN = "SARTOR_RANK_TOKEN";

    private static final int MOST = 64;

    /// How long a training that lost a rank may take to end by itself.
    private static final Duration GRACE = Duration.ofSeconds(8);

    @Option(
            names = "--ranks",
            paramLabel = "N",
            description =
                    "Divide each step among so many processes, which share this machine's cores unless --rendezvous names a place where they meet (default: ${DEFAULT-VALUE}).")
    int ranks = 1;

    @Option(
            names = "--rank",
            paramLabel = "K",
            description =
                    "Which of the ranks this process is, from 0: each is started by hand, with the same --ranks and --rendezvous. Rank 0 measures and writes, the others compute.")
    Optional<Integer> rank = Optional.empty();

    @Option(
            names = "--rendezvous",
            paramLabel = "HOST:PORT",
            description =
                    "Where rank 0 listens and the others look for it. All need the same "
                            + TOKEN
                            + " in their environment, 16 characters or more. What ranks exchange is not encrypted.")
    Optional<String> rendezvous = Optional.empty();

    @Option(
            names = "--join-timeout",
            paramLabel = "SECONDS",
            description =
                    "How long ranks wait for each other at the start, and for a step of the slowest (default: ${DEFAULT-VALUE}).")
    int joinTimeout = 300;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description =
                    "Cores that this process computes with (default: all, divided among the ranks of --ranks without --rendezvous).")
    Optional<Integer> threads = Optional.empty();

    boolean areNone() {
        return ranks == 1 && rank.isEmpty() && rendezvous.isEmpty();
    }

    /// Whether this process is another rank than the first.
    boolean isFollowing() {
        return rank.orElse(0) > 0;
    }

    /// @param command what other ranks are started with, before the options of ranks
    Ranks ranks(List<String> command, Console console) {
        check();
        int cores = Runtime.getRuntime().availableProcessors();
        boolean isHere = rendezvous.isEmpty();
        if (threads.isPresent() || (isHere && ranks > 1)) {
            Engine.useThreads(threads.orElse(Math.max(1, cores / ranks)));
        }
        if (areNone()) {
            return Ranks.none();
        }
        if (isHere) {
            var place =
                    place(
                            0,
                            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                            RankToken.random(),
                            console);
            return Ranks.leading(place, new RankProcesses(command, place, console));
        }
        var place = place(rank.orElseThrow(), address(rendezvous.get()), token(), console);
        return isFollowing()
                ? Ranks.following(place)
                : Ranks.leading(place, Ranks.Starter.nobody());
    }

    private Ranks.Place place(
            int own, InetSocketAddress address, RankToken token, Console console) {
        return new Ranks.Place(
                own,
                ranks,
                address.getAddress() != null && address.getAddress().isLoopbackAddress()
                        ? ranks
                        : 1,
                address,
                token,
                Duration.ofSeconds(joinTimeout),
                new Version().sartor(),
                why -> endSoon(why, console));
    }

    /// Ends the process where it hangs: what waits in native code for a rank that is gone cannot be woken.
    private static void endSoon(String why, Console console) {
        try {
            Thread.sleep(GRACE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        console.say(
                why
                        + ", and the training ends here: start it again, and it goes on from its last checkpoint, with as many"
                        + " ranks as you like.");
        Runtime.getRuntime().halt(SartorException.Kind.MISSING.exitCode());
    }

    private void check() {
        Problems.refuseUnless(
                ranks >= 1 && ranks <= MOST,
                "--ranks",
                "1 to " + MOST,
                ranks,
                "one for each machine or processor is usual");
        Problems.refuseUnless(
                joinTimeout >= 1 && joinTimeout <= 86_400,
                "--join-timeout",
                "1 to 86400 seconds",
                joinTimeout,
                "leave it out for 300");
        threads.ifPresent(count ->
                Problems.refuseUnless(
                        count >= 1 && count <= 1024,
                        "--threads",
                        "1 to 1024",
                        count,
                        "leave it out for all cores"));
        Problems.refuseUnless(
                rendezvous.isPresent() == rank.isPresent(),
                "--rank and --rendezvous",
                "given together",
                rank.isPresent() ? "--rank alone" : "--rendezvous alone",
                "on one machine --ranks alone starts all ranks");
        rank.ifPresent(own ->
                Problems.refuseUnless(
                        own >= 0 && own < ranks && ranks > 1,
                        "--rank",
                        "0 to " + (ranks - 1) + " with --ranks " + ranks,
                        own,
                        "count the ranks from 0, and give all the same --ranks"));
    }

    private static RankToken token() {
        return RankToken.of(Optional.ofNullable(System.getenv(TOKEN)).orElse(""));
    }

    private static InetSocketAddress address(String text) {
        int colon = text.lastIndexOf(':');
        var port = colon > 0 ? text.substring(colon + 1) : "";
        boolean isPort =
                port.matches("[0-9]{1,5}")
                        && Integer.parseInt(port) <= 65_535
                        && Integer.parseInt(port) > 0;
        Problems.refuseUnless(
                isPort,
                "--rendezvous",
                "a host and a port",
                text,
                "such as trainer-0.example.com:29500, which rank 0 runs at");
        var host = text.substring(0, colon);
        boolean isBracketed = host.startsWith("[") && host.endsWith("]");
        return new InetSocketAddress(
                isBracketed ? host.substring(1, host.length() - 1) : host, Integer.parseInt(port));
    }
}
