package dev.sartor.serve;

import dev.sartor.core.Problems;
import java.time.Duration;

/// What the server takes on at once. Chat and embeddings are counted apart.
///
/// @param running answers made at the same time; a request for several takes a place for each
/// @param waiting requests that may stand in line behind them; one more is refused with 429
/// @param longestWait how long a request stands in line before it is refused with 429
/// @param longestStop how long a stopping server lets running requests finish
/// @param heartbeat silence in a stream after which a comment is sent, so that proxies keep it open
/// @param idle how long a client may send nothing of a request, or take nothing of an answer, before it counts as gone;
///     the time in which an answer is made does not count
/// @param bodyBytes the largest request body
public record Limits(
        int running,
        int waiting,
        Duration longestWait,
        Duration longestStop,
        Duration heartbeat,
        Duration idle,
        int bodyBytes) {
    private static final Limits USUAL =
            new Limits(
                    8,
                    64,
                    Duration.ofSeconds(60),
                    Duration.ofSeconds(30),
                    Duration.ofSeconds(10),
                    Duration.ofSeconds(60),
                    4 << 20);

    public Limits {
        refuseUnless(running >= 1, "running", "at least 1", running, "8");
        refuseUnless(waiting >= 0, "waiting", "at least 0", waiting, "64");
        refuseUnless(!longestWait.isNegative(), "longest_wait", "at least 0", longestWait, "60 s");
        refuseUnless(!longestStop.isNegative(), "longest_stop", "at least 0", longestStop, "30 s");
        refuseUnless(heartbeat.isPositive(), "heartbeat", "more than 0", heartbeat, "10 s");
        refuseUnless(idle.isPositive(), "idle", "more than 0", idle, "60 s");
        refuseUnless(bodyBytes >= 1024, "body_bytes", "at least 1024", bodyBytes, "4 MiB");
    }

    public static Limits usual() {
        return USUAL;
    }

    public Limits withRunning(int most, int inLine) {
        return new Limits(most, inLine, longestWait, longestStop, heartbeat, idle, bodyBytes);
    }

    public Limits withLongestWait(Duration longest) {
        return new Limits(running, waiting, longest, longestStop, heartbeat, idle, bodyBytes);
    }

    public Limits withLongestStop(Duration longest) {
        return new Limits(running, waiting, longestWait, longest, heartbeat, idle, bodyBytes);
    }

    public Limits withHeartbeat(Duration silence) {
        return new Limits(running, waiting, longestWait, longestStop, silence, idle, bodyBytes);
    }

    public Limits withIdle(Duration longest) {
        return new Limits(
                running, waiting, longestWait, longestStop, heartbeat, longest, bodyBytes);
    }

    public Limits withBodyBytes(int most) {
        return new Limits(running, waiting, longestWait, longestStop, heartbeat, idle, most);
    }

    private static void refuseUnless(
            boolean holds, String name, String rule, Object value, String usual) {
        Problems.refuseUnless(holds, "serve." + name, rule, value, "the usual is " + usual);
    }
}
