package dev.sartor.sources;

import crawlercommons.robots.BaseRobotRules;
import crawlercommons.robots.SimpleRobotRules;
import crawlercommons.robots.SimpleRobotRulesParser;
import crawlercommons.sitemaps.SiteMap;
import crawlercommons.sitemaps.SiteMapIndex;
import crawlercommons.sitemaps.SiteMapParser;
import crawlercommons.sitemaps.UnknownFormatException;
import dev.sartor.core.SartorException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/// What a site says of itself: its sitemaps, one within the other, and its robots.txt, which is obeyed. Asks no faster than it is
/// told to. Not thread-safe.
final class Sitemaps {
    private static final String ROBOT = "sartor";
    private static final int MOST_OF_ROBOTS = 512 << 10;
    private static final int MOST_OF_A_MAP = 50 << 20;
    private static final int MOST_MAPS = 5000;
    private static final Duration LONGEST_DELAY = Duration.ofSeconds(30);

    private final WebClient client;
    private final URI first;
    private Duration between;
    private Instant next = Instant.MIN;

    /// Pages by their addresses, with when they were changed, as far as that is said; and what is left out.
    record Found(Map<URI, Optional<Instant>> pages, int elsewhere, List<URI> disallowed) {}

    /// @param between two requests at least
    Sitemaps(WebClient client, URI first, Duration between) {
        this.client = client;
        this.first = first;
        this.between = between;
    }

    /// Waits until the next request may be made.
    void pace() {
        try {
            var pause =
                    Duration.between(
                            Instant.now(), next.equals(Instant.MIN) ? Instant.now() : next);
            if (pause.isPositive()) {
                Thread.sleep(pause);
            }
            next = Instant.now().plus(between);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.missing(
                    "reading " + WebClient.shown(first) + " was interrupted", e);
        }
    }

    Found found() throws WebFailure {
        var robots = robots();
        long delay = Math.max(0, robots.getCrawlDelay());
        if (delay > LONGEST_DELAY.toMillis()) {
            throw new WebFailure(
                    0,
                    first.getHost()
                            + " asks robots to wait "
                            + delay / 1000
                            + " seconds between pages");
        }
        between = between.toMillis() < delay ? Duration.ofMillis(delay) : between;
        var pages = new LinkedHashMap<URI, Optional<Instant>>();
        var disallowed = new HashSet<URI>();
        var elsewhere = new HashSet<URI>();
        var seen = new HashSet<URI>();
        var open = new ArrayDeque<>(List.of(first));
        while (!open.isEmpty()) {
            var at = open.remove();
            if (!seen.add(at)) {
                continue; // sitemaps that name each other
            }
            if (seen.size() > MOST_MAPS) {
                throw new WebFailure(
                        0, WebClient.shown(first) + " leads to more than 5,000 sitemaps");
            }
            var map = map(at);
            if (map instanceof SiteMapIndex index) {
                for (var each : index.getSitemaps()) {
                    uri(each.getUrl()).filter(this::isHere).ifPresent(open::add);
                }
            } else if (map instanceof SiteMap leaf) {
                for (var each : leaf.getSiteMapUrls()) {
                    var page = uri(each.getUrl());
                    if (page.isEmpty() || !isHere(page.get())) {
                        page.ifPresent(elsewhere::add);
                    } else if (!robots.isAllowed(page.get().toString())) {
                        disallowed.add(page.get());
                    } else {
                        pages.put(
                                page.get(),
                                Optional.ofNullable(each.getLastModified())
                                        .map(date -> date.toInstant()));
                    }
                }
                if (pages.size() > RemoteSource.MOST_DOCUMENTS) {
                    throw RemoteSource.tooMany(WebClient.shown(first));
                }
            }
        }
        if (pages.isEmpty() && disallowed.isEmpty()) {
            throw new WebFailure(0, WebClient.shown(first) + " names no page of its host");
        }
        return new Found(pages, elsewhere.size(), disallowed.stream().sorted().toList());
    }

    private static Optional<URI> uri(URL url) {
        try {
            var uri = url.toURI();
            return Optional.of(
                    new URI(
                            uri.getScheme()
                                    + "://"
                                    + uri.getRawAuthority()
                                    + uri.getRawPath()
                                    + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery())));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private boolean isHere(URI page) {
        return page.getHost() != null
                && page.getHost().equalsIgnoreCase(first.getHost())
                && page.getPort() == first.getPort();
    }

    /// A site without one allows everything; one that does not answer allows nothing, and the listing fails.
    private BaseRobotRules robots() throws WebFailure {
        try {
            pace();
            var answer =
                    client.bytes(WebClient.Call.get(first.resolve("/robots.txt")), MOST_OF_ROBOTS);
            return new SimpleRobotRulesParser(Integer.MAX_VALUE, 0)
                    .parseContent(
                            answer.at().toString(), answer.body(), "text/plain", List.of(ROBOT));
        } catch (WebFailure e) {
            if (e.status() >= 400 && e.status() < 500) {
                return new SimpleRobotRules(SimpleRobotRules.RobotRulesMode.ALLOW_ALL);
            }
            throw e;
        }
    }

    private crawlercommons.sitemaps.AbstractSiteMap map(URI at) throws WebFailure {
        pace();
        var answer = client.bytes(WebClient.Call.get(at), MOST_OF_A_MAP);
        try {
            var text = plain(answer);
            var head =
                    new String(text, 0, Math.min(text.length, 4096), StandardCharsets.ISO_8859_1);
            if (head.toUpperCase(Locale.ROOT).contains("<!DOCTYPE")) {
                throw new WebFailure(
                        0, WebClient.shown(at) + " is no sitemap: it declares a document type");
            }
            return new SiteMapParser(false, false).parseSiteMap(text, at.toURL());
        } catch (IOException | UnknownFormatException | IllegalArgumentException e) {
            throw new WebFailure(
                    0, WebClient.shown(at) + " is no whole sitemap (" + e.getMessage() + ")");
        }
    }

    private static byte[] plain(WebClient.Answer answer) throws IOException, WebFailure {
        var body = answer.body();
        if (body.length < 2 || (body[0] & 0xFF) != 0x1F || (body[1] & 0xFF) != 0x8B) {
            return body;
        }
        try (var in = new GZIPInputStream(new ByteArrayInputStream(body))) {
            var text = in.readNBytes(MOST_OF_A_MAP + 1);
            if (text.length > MOST_OF_A_MAP) {
                throw new WebFailure(0, WebClient.shown(answer.at()) + " has more than 50 MiB");
            }
            return text;
        }
    }
}
