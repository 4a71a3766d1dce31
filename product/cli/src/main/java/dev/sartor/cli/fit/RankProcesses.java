package dev.sartor.cli.fit;

import dev.sartor.cli.console.Console;
import dev.sartor.core.SartorException;
import dev.sartor.tune.rank.RankToken;
import dev.sartor.tune.rank.Ranks;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/// The other ranks of this machine: each is this program once more, with the same options of the JVM.
final class RankProcesses implements Ranks.Starter {
    /// The program, which is put together from commands like this one.
    private static final String MAIN = "dev.sartor.cli.Main";

    /// Lines of a rank that failed which are shown.
    private static final int SHOWN = 20;

    /// How long a rank may take to end after the training did.
    private static final int END_SECONDS = 10;

    private final List<String> command;
    private final Ranks.Place place;
    private final Console console;

    RankProcesses(List<String> command, Ranks.Place place, Console console) {
        this.command = command;
        this.place = place;
        this.console = console;
    }

    @Override
    public Ranks.Started start(InetSocketAddress rendezvous, RankToken token) {
        var running = new ArrayList<Rank>();
        var started = new Running(running);
        try {
            for (int rank = 1; rank < place.count(); rank++) {
                running.add(Rank.start(rank, process(rank, rendezvous, token)));
            }
            return started;
        } catch (IOException e) {
            started.close();
            throw SartorException.missing("cannot start another rank: " + e.getMessage(), e);
        }
    }

    private ProcessBuilder process(int rank, InetSocketAddress rendezvous, RankToken token) {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(ManagementFactory.getRuntimeMXBean().getInputArguments());
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        words.addAll(command);
        words.addAll(
                List.of(
                        "--ranks",
                        String.valueOf(place.count()),
                        "--rank",
                        String.valueOf(rank),
                        "--rendezvous",
                        rendezvous.getAddress().getHostAddress() + ":" + rendezvous.getPort(),
                        "--join-timeout",
                        String.valueOf(place.joining().toSeconds()),
                        "--threads",
                        String.valueOf(
                                Math.max(
                                        1,
                                        Runtime.getRuntime().availableProcessors()
                                                / place.count()))));
        var builder = new ProcessBuilder(words).redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment().put(RankOptions.TOKEN, token.text());
        return builder;
    }

    /// One of them, and the last lines that it wrote to its error output.
    private record Rank(int number, Process process, Deque<String> said) {
        static Rank start(int number, ProcessBuilder builder) throws IOException {
            var rank = new Rank(number, builder.start(), new ArrayDeque<>());
            rank.process.getOutputStream().close();
            Thread.ofVirtual().name("sartor-rank-" + number + "-log").start(rank::read);
            return rank;
        }

        private void read() {
            try (var lines =
                    new BufferedReader(
                            new InputStreamReader(
                                    process.getErrorStream(), StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    keep(line);
                }
            } catch (IOException e) {
                keep("(its error output broke: " + e.getMessage() + ")");
            }
        }

        private void keep(String line) {
            synchronized (said) {
                said.add(line);
                if (said.size() > SHOWN) {
                    said.removeFirst();
                }
            }
        }

        List<String> lines() {
            synchronized (said) {
                return List.copyOf(said);
            }
        }

        boolean hasFailed() {
            return !process.isAlive() && process.exitValue() != 0;
        }

        /// What it said, and how it ended.
        String failure() {
            return "rank "
                    + number
                    + " ended with "
                    + process.exitValue()
                    + (lines().isEmpty() ? "" : ": " + String.join("\n  ", lines()));
        }
    }

    private final class Running implements Ranks.Started {
        private final List<Rank> ranks;

        Running(List<Rank> ranks) {
            this.ranks = ranks;
        }

        @Override
        public Optional<String> failure() {
            return ranks.stream().filter(Rank::hasFailed).findFirst().map(Rank::failure);
        }

        @Override
        public void close() {
            ranks.forEach(rank -> {
                if (!ended(rank.process())) {
                    rank.process().destroyForcibly();
                } else if (rank.hasFailed()) {
                    console.say(rank.failure());
                }
            });
        }

        private static boolean ended(Process process) {
            try {
                return process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
    }
}
