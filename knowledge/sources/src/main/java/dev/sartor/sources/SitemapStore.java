package dev.sartor.sources;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.core.file.Sha256;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Metadata;
import dev.sartor.documents.ParseReport;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pages that a site's sitemap names. A page is told from its `lastmod`; one without is asked for at each listing, with the
/// ETag or time from before, so that it comes only where it has changed.
final class SitemapStore implements Store {
    private static final long MOST_OF_A_PAGE = 32L << 20;
    private static final String ETAG = "etag ";
    private static final String MODIFIED = "modified ";

    private final WebClient client;
    private final URI address;
    private final Duration between;
    private final Sitemaps maps;
    private final Path folder;
    private final Map<String, URI> pages = new HashMap<>();
    private final Map<String, Held> held = new HashMap<>();

    /// A page that came with the listing.
    private record Held(Path file, String ending) {}

    /// @param folder for pages that come with the listing
    SitemapStore(SourceSettings settings, WebClient client, Path folder) {
        this.client = client;
        this.address = URI.create(settings.address());
        this.between = between(settings);
        this.maps = new Sitemaps(client, address, between);
        this.folder = folder;
    }

    private static Duration between(SourceSettings settings) {
        var text = settings.text("requests_per_second").orElse("5");
        double rate = text.matches("[0-9]{1,3}([.][0-9]{1,3})?") ? Double.parseDouble(text) : 0;
        if (rate < 0.01 || rate > 100) {
            throw SartorException.user(
                    settings.where()
                            + ": requests_per_second must be 0.01 to 100, got "
                            + text
                            + ": 5 is the usual one.");
        }
        return Duration.ofNanos((long) (1e9 / rate));
    }

    @Override
    public boolean isTree() {
        return false;
    }

    @Override
    public Listing list(Map<String, String> stamps) {
        pages.clear();
        held.clear();
        var entries = new ArrayList<Entry>();
        var remarks = new ArrayList<ParseReport.Unreadable>();
        try {
            PrivateFiles.makeFolder(folder);
            var found = maps.found();
            for (var page : found.pages().entrySet()) {
                var path = path(page.getKey());
                if (pages.putIfAbsent(path, page.getKey()) != null) {
                    remarks.add(
                            new ParseReport.Unreadable(
                                    path, "two pages have this path; one is left out"));
                } else if (page.getValue().isPresent()) {
                    entries.add(dated(path, page.getValue().get()));
                } else {
                    asked(path, stamps.getOrDefault(path, ""), remarks).ifPresent(entries::add);
                }
            }
            leftOut(found, remarks);
        } catch (WebFailure e) {
            throw e.ofListing();
        } catch (IOException e) {
            throw dev.sartor.core.file.AtomicFile.failure(folder, e);
        }
        return new Listing(entries, remarks);
    }

    private void leftOut(Sitemaps.Found found, List<ParseReport.Unreadable> remarks) {
        if (found.elsewhere() > 0) {
            remarks.add(
                    new ParseReport.Unreadable(
                            "sitemap", found.elsewhere() + " pages of other hosts are left out"));
        }
        if (!found.disallowed().isEmpty()) {
            remarks.add(
                    new ParseReport.Unreadable(
                            "robots.txt",
                            "disallows "
                                    + found.disallowed().size()
                                    + " pages, the first is "
                                    + found.disallowed().getFirst().getRawPath()));
        }
    }

    private static String path(URI page) {
        var raw = page.getRawPath().replaceFirst("^/+", "");
        var path = raw.isEmpty() || raw.endsWith("/") ? raw + "index.html" : raw;
        return page.getRawQuery() == null ? path : path + "?" + page.getRawQuery();
    }

    /// A day alone does not tell a second change on it.
    private static Entry dated(String path, Instant changed) {
        boolean isDay = changed.equals(changed.truncatedTo(ChronoUnit.DAYS));
        var day = changed.atOffset(ZoneOffset.UTC).toLocalDate().toString();
        return new Entry(
                path,
                "lastmod " + changed,
                Optional.empty(),
                isDay ? changed.plus(1, ChronoUnit.DAYS) : changed,
                AccessRule.silent(),
                new Metadata(Map.of(Metadata.DATE, List.of(day))));
    }

    private Optional<Entry> asked(String path, String before, List<ParseReport.Unreadable> remarks)
            throws IOException, WebFailure {
        var headers = new HashMap<String, String>();
        if (before.startsWith(ETAG)) {
            headers.put("If-None-Match", before.substring(ETAG.length()));
        } else if (before.startsWith(MODIFIED)) {
            headers.put("If-Modified-Since", before.substring(MODIFIED.length()));
        }
        var file = folder.resolve(Sha256.of(path).substring(0, 32));
        try {
            var answer = page(path, headers, file);
            if (answer.status() == 304) {
                return Optional.of(undated(path, before));
            }
            held.put(path, new Held(file, ending(path, answer)));
            var stamp =
                    answer.header("ETag")
                            .map(tag -> ETAG + tag)
                            .or(() -> answer.header("Last-Modified").map(time -> MODIFIED + time))
                            .orElse("content " + Sha256.of(file));
            return Optional.of(undated(path, stamp));
        } catch (WebFailure e) {
            if (e.status() == 404 || e.status() == 410) {
                remarks.add(new ParseReport.Unreadable(path, e.reason()));
                return Optional.empty();
            }
            return Optional.of(undated(path, "failed " + e.reason()));
        }
    }

    private static Entry undated(String path, String stamp) {
        return new Entry(
                path, stamp, Optional.empty(), Instant.EPOCH, AccessRule.silent(), Metadata.none());
    }

    private WebClient.Answer page(String path, Map<String, String> headers, Path file)
            throws WebFailure {
        maps.pace();
        var page = java.util.Objects.requireNonNull(pages.get(path));
        return client.file(new WebClient.Call("GET", page, headers, ""), file, MOST_OF_A_PAGE);
    }

    private static String ending(String path, WebClient.Answer answer) {
        var type = answer.header("Content-Type").orElse("");
        if (type.contains("html")) {
            return "html";
        }
        if (type.startsWith("text/markdown")) {
            return "md";
        }
        var ending = Names.ending(path.replaceFirst("\\?.*", ""));
        return type.startsWith("text/plain") && ending.isEmpty() ? "txt" : ending;
    }

    @Override
    public Content fetch(Entry entry, Path file) throws IOException {
        var here = held.remove(entry.path());
        if (here != null) {
            Files.move(here.file(), file, StandardCopyOption.REPLACE_EXISTING);
            return new Content(here.ending(), Optional.empty());
        }
        try {
            return new Content(
                    ending(entry.path(), page(entry.path(), Map.of(), file)), Optional.empty());
        } catch (WebFailure e) {
            throw e.ofDocument();
        }
    }

    @Override
    public void close() {
        client.close();
        try {
            if (Files.isDirectory(folder)) {
                dev.sartor.core.file.Folders.delete(folder);
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(SitemapStore.class)
                    .warn("pages that were fetched could not be removed", e);
        }
    }
}
