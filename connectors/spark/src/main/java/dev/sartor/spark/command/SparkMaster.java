package dev.sartor.spark.command;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.SparkContext;

/// Where the work is handed in. Spark itself tries for a minute, and says it on a thread of its own.
record SparkMaster(String url) {
    private static final String STANDALONE = "spark://";
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final Pattern PLACE = Pattern.compile("(.+):(\\d{1,5})");

    boolean isLocal() {
        return url.equals("local") || url.startsWith("local[");
    }

    /// @throws SartorException resources are missing where none of the masters takes connections
    void refuseIfAway() {
        if (!url.startsWith(STANDALONE)) {
            return;
        }
        var failures = new ArrayList<String>();
        for (var place : List.of(url.substring(STANDALONE.length()).split(",", -1))) {
            var parts = PLACE.matcher(place);
            if (!parts.matches() || Integer.parseInt(parts.group(2)) > 65_535) {
                throw SartorException.user(
                        "--spark must be spark://HOST:PORT, got "
                                + url
                                + ": 7077 is the usual port.");
            }
            try (var socket = new Socket()) {
                var address =
                        new InetSocketAddress(parts.group(1), Integer.parseInt(parts.group(2)));
                socket.connect(address, (int) PATIENCE.toMillis());
                return;
            } catch (IOException e) {
                failures.add(e.getMessage());
            }
        }
        throw SartorException.missing(
                "the Spark master "
                        + url
                        + " does not answer ("
                        + String.join("; ", failures)
                        + "): start it, or name another with --spark; local[4] works without one.");
    }

    /// @throws SartorException resources are missing where there is none after so many seconds
    void awaitExecutors(SparkContext context, int seconds) {
        if (isLocal()) {
            return;
        }
        long until = System.nanoTime() + Duration.ofSeconds(seconds).toNanos();
        try {
            // The first of them is this process.
            while (context.statusTracker().getExecutorInfos().length < 2) {
                if (context.isStopped() || System.nanoTime() > until) {
                    throw SartorException.missing(
                            url
                                    + " gave no executor within "
                                    + seconds
                                    + " s: its workers are away, or have fewer cores or less memory free than is asked for"
                                    + " (spark.executor.cores, spark.executor.memory); the master's page tells. Wait"
                                    + " longer with --executors-within.");
                }
                Thread.sleep(100);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.stopped("Stopped before an executor came.");
        }
    }
}
