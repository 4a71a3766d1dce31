package dev.sartor.hub.fetch;

import dev.sartor.hub.environment.Patience;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/// The one downloader: ranges, resuming, repeating. It leaves a complete part file whose content nobody has checked yet.
public final class Fetcher {
    /// From here on a file is fetched in segments side by side.
    static final long LARGE = 32L << 20;

    private static final int SEGMENTS = 4;
    private static final Pattern CONTENT_RANGE =
            Pattern.compile("bytes (\\d+)-(\\d+)/(\\d+)", Pattern.CASE_INSENSITIVE);

    private final Web web;
    private final Patience patience;

    public Fetcher(Web web, Patience patience) {
        this.web = web;
        this.patience = patience;
    }

    /// What a server says about a file before it is fetched.
    ///
    /// @param size {@link PartFile#UNKNOWN} where it does not say
    public record Offer(long size, boolean ranges) {}

    public static int segments(long size) {
        return size >= LARGE ? SEGMENTS : 1;
    }

    public Offer offer(URI address) throws FetchFailure {
        var offers = new ArrayList<Offer>();
        persistently(() -> {
            var response = web.get(address, "bytes=0-0");
            try (var _ = web.watched(response)) {
                offers.add(offered(response));
            }
        });
        return offers.getLast();
    }

    private static Offer offered(HttpResponse<InputStream> response) {
        if (response.statusCode() == 206) {
            var range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
            if (range.matches()) {
                return new Offer(Long.parseLong(range.group(3)), true);
            }
        }
        return new Offer(
                response.headers().firstValueAsLong("Content-Length").orElse(PartFile.UNKNOWN),
                false);
    }

    /// The first bytes, or all where there are fewer; from a server that ignores ranges too.
    public byte[] first(URI address, int count) throws FetchFailure {
        var answer = new ByteArrayOutputStream();
        persistently(() -> {
            answer.reset();
            var buffer = new byte[1 << 14];
            try (var body = web.watched(web.get(address, "bytes=0-" + (count - 1)))) {
                for (int n = body.read(buffer);
                        n >= 0 && answer.size() < count;
                        n = body.read(buffer)) {
                    answer.write(buffer, 0, Math.min(n, count - answer.size()));
                }
            }
        });
        return answer.toByteArray();
    }

    /// An answer that fits in memory.
    public byte[] small(URI address, int most) throws FetchFailure {
        var answer = new ByteArrayOutputStream();
        persistently(() -> {
            answer.reset();
            var buffer = new byte[1 << 14];
            try (var body = web.watched(web.get(address, ""))) {
                for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                    answer.write(buffer, 0, n);
                    if (answer.size() > most) {
                        throw new FetchFailure.Refused(
                                Web.shown(address) + " sends more than " + most + " bytes");
                    }
                }
            }
        });
        return answer.toByteArray();
    }

    /// Returns when the part file holds all bytes; goes on with those that are there.
    ///
    /// @param size in bytes, or {@link PartFile#UNKNOWN}
    public void fetch(URI address, Path path, long size, Meter meter) throws FetchFailure {
        int segments = segments(size);
        if (segments > 1 && PartFile.found(path, size, segments) < size) {
            var offer = offer(address);
            if (offer.size() != size && offer.size() != PartFile.UNKNOWN) {
                throw wrongSize(address, size, offer.size());
            }
            segments = offer.ranges() ? segments : 1;
        }
        try {
            fetch(address, path, size, segments, meter);
        } catch (FetchFailure e) {
            PartFile.discardIfEmpty(path);
            throw e;
        }
    }

    private void fetch(URI address, Path path, long size, int segments, Meter meter)
            throws FetchFailure {
        try (var part = PartFile.open(path, size, segments)) {
            meter.at(part.done());
            if (segments == 1) {
                fetch(address, part, 0, meter);
            } else {
                sideBySide(address, part, meter);
            }
        }
    }

    private void sideBySide(URI address, PartFile part, Meter meter) throws FetchFailure {
        SideBySide.allOrNothing(
                IntStream.range(0, part.segments())
                        .<SideBySide.Work>mapToObj(i -> () -> fetch(address, part, i, meter))
                        .toList());
    }

    /// Attempts count only while they bring nothing.
    private void fetch(URI address, PartFile part, int segment, Meter meter) throws FetchFailure {
        var done = new boolean[1];
        while (!done[0] && !part.isComplete(segment)) {
            persistently(() -> {
                long before = part.position(segment);
                try {
                    stream(address, part, segment, meter);
                    done[0] = true;
                } catch (FetchFailure.Hiccup e) {
                    if (part.position(segment) - before < (1 << 16)) {
                        throw e;
                    }
                }
            });
        }
    }

    private void stream(URI address, PartFile part, int segment, Meter meter) throws FetchFailure {
        long from = part.position(segment);
        boolean whole = from == 0 && part.segments() == 1;
        var range = whole ? "" : "bytes=" + from + "-" + (part.end(segment) - 1);
        var response = web.get(address, range);
        try (var body = web.watched(response)) {
            check(address, response, part, from);
            if (response.statusCode() == 200 && !whole) {
                startOver(part);
            }
            copy(address, body, part, segment, meter);
        }
    }

    private static void check(
            URI address, HttpResponse<InputStream> response, PartFile part, long from)
            throws FetchFailure {
        long size = part.size();
        if (response.statusCode() == 206) {
            var range = CONTENT_RANGE.matcher(header(response, "Content-Range"));
            if (!range.matches() || Long.parseLong(range.group(1)) != from) {
                throw new FetchFailure.Refused(
                        Web.shown(address) + " sent another range than it was asked for");
            }
            if (Long.parseLong(range.group(3)) != size) {
                throw wrongSize(address, size, Long.parseLong(range.group(3)));
            }
            return;
        }
        long told = response.headers().firstValueAsLong("Content-Length").orElse(size);
        if (size != PartFile.UNKNOWN && told != size) {
            throw wrongSize(address, size, told);
        }
    }

    /// A server that ignores ranges sends everything again.
    private static void startOver(PartFile part) throws FetchFailure.Hiccup {
        if (part.segments() > 1) {
            throw new FetchFailure.Hiccup(
                    "the server stopped answering to ranges", java.util.Optional.empty());
        }
        part.startOver();
    }

    private static void copy(URI address, WatchedBody body, PartFile part, int segment, Meter meter)
            throws FetchFailure {
        var buffer = new byte[1 << 16];
        if (part.size() == PartFile.UNKNOWN) {
            part.startOver();
        }
        for (int read = body.read(buffer); read >= 0; read = body.read(buffer)) {
            long room = part.end(segment) - part.position(segment);
            if (read > room) {
                throw new FetchFailure.Refused(
                        Web.shown(address)
                                + " sends more than the "
                                + part.size()
                                + " bytes asked for");
            }
            part.write(segment, ByteBuffer.wrap(buffer, 0, read));
            meter.at(part.done());
        }
        if (part.size() != PartFile.UNKNOWN && !part.isComplete(segment)) {
            throw new FetchFailure.Hiccup(
                    "the connection ended after " + part.done() + " of " + part.size() + " bytes",
                    java.util.Optional.empty());
        }
    }

    private static FetchFailure.Refused wrongSize(URI address, long expected, long told) {
        return new FetchFailure.Refused(
                Web.shown(address) + " must have " + expected + " bytes, and has " + told);
    }

    private static String header(HttpResponse<InputStream> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    private void persistently(SideBySide.Work attempt) throws FetchFailure {
        try {
            var _ =
                    patience.retry()
                            .<Boolean, FetchFailure>run(() -> {
                                attempt.run();
                                return true;
                            });
        } catch (InterruptedException e) {
            throw SideBySide.stopped(e);
        }
    }
}
