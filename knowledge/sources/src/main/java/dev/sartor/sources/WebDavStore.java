package dev.sartor.sources;

import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Metadata;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/// The files of a WebDAV collection and of those below it, each listed by a PROPFIND of its own. A file is told from its ETag, size and
/// time.
final class WebDavStore implements Store {
    private static final long MOST_OF_A_LISTING = 64L << 20;
    private static final long MOST_OF_A_FILE = 64L << 20;
    private static final int MOST_COLLECTIONS = 100_000;
    private static final int DEEPEST = 64;
    private static final String ASKED =
            """
            <?xml version="1.0" encoding="utf-8"?>
            <propfind xmlns="DAV:"><prop><resourcetype/><getetag/><getcontentlength/><getlastmodified/></prop></propfind>
            """;

    private final SourceSettings settings;
    private final WebClient client;
    private final URI root;
    private final Map<String, URI> files = new HashMap<>();

    WebDavStore(SourceSettings settings, WebClient client) {
        this.settings = settings;
        this.client = client;
        var plain = settings.address().replaceFirst("^webdav", "http");
        this.root = URI.create(plain.endsWith("/") ? plain : plain + "/");
    }

    @Override
    public boolean isTree() {
        return true;
    }

    @Override
    public Listing list(Map<String, String> stamps) {
        files.clear();
        var entries = new ArrayList<Entry>();
        var seen = new HashSet<String>();
        var open = new ArrayDeque<>(List.of(root));
        try {
            while (!open.isEmpty()) {
                var at = open.remove();
                if (!seen.add(at.getPath())) {
                    continue; // collections that name each other
                }
                if (seen.size() > MOST_COLLECTIONS
                        || at.getPath().chars().filter(c -> c == '/').count() > DEEPEST) {
                    throw new WebFailure(
                            0,
                            WebClient.shown(root)
                                    + " holds more than 100,000 collections, or some more than 64 deep");
                }
                for (var response : Xml.children(members(at), "response")) {
                    member(at, response, open).ifPresent(entries::add);
                }
                if (entries.size() > RemoteSource.MOST_DOCUMENTS) {
                    throw RemoteSource.tooMany(settings.where());
                }
            }
        } catch (WebFailure e) {
            throw e.ofListing();
        }
        return new Listing(entries, List.of());
    }

    private Element members(URI at) throws WebFailure {
        var headers = Map.of("Depth", "1", "Content-Type", "application/xml; charset=utf-8");
        var answer =
                client.bytes(new WebClient.Call("PROPFIND", at, headers, ASKED), MOST_OF_A_LISTING);
        if (answer.status() != 207) {
            throw new WebFailure(
                    answer.status(),
                    WebClient.shown(at)
                            + " answered "
                            + answer.status()
                            + " to PROPFIND: no WebDAV");
        }
        return Xml.parse(answer, "multistatus");
    }

    /// A file; empty for a collection, which is put to those that are still to be listed.
    private Optional<Entry> member(URI at, Element response, ArrayDeque<URI> open)
            throws WebFailure {
        var href = address(at, Xml.text(response, "href"));
        var status = Xml.text(response, "status");
        if (status.matches("\\S+ [45].*")) {
            throw new WebFailure(
                    Integer.parseInt(status.replaceAll("\\S+ (\\d+).*", "$1")),
                    root.getHost() + " answered " + status + " for " + WebClient.shown(href));
        }
        var properties = properties(response);
        if (properties.isEmpty()) {
            throw new WebFailure(
                    0, root.getHost() + " does not say what " + WebClient.shown(href) + " is");
        }
        boolean isCollection =
                properties
                        .flatMap(all -> Xml.child(all, "resourcetype"))
                        .flatMap(type -> Xml.child(type, "collection"))
                        .isPresent();
        if (isCollection) {
            var whole = href.toString();
            open.add(whole.endsWith("/") ? href : URI.create(whole + "/"));
            return Optional.empty();
        }
        var path = href.getPath().substring(root.getPath().length());
        if (path.isEmpty() || files.put(path, href) != null) {
            return Optional.empty();
        }
        return Optional.of(entry(path, properties.get()));
    }

    private URI address(URI at, String href) throws WebFailure {
        try {
            var whole = at.resolve(href.replace(" ", "%20")).normalize();
            if (whole.getHost() != null
                    && whole.getHost().equalsIgnoreCase(root.getHost())
                    && whole.getPort() == root.getPort()
                    && (whole.getPath() + "/").startsWith(root.getPath())) {
                return whole;
            }
        } catch (IllegalArgumentException e) {
            throw new WebFailure(0, WebClient.shown(at) + " lists what is no address");
        }
        throw new WebFailure(
                0, WebClient.shown(at) + " lists what is not below " + WebClient.shown(root));
    }

    private static Optional<Element> properties(Element response) {
        return Xml.children(response, "propstat").stream()
                .filter(each -> Xml.text(each, "status").contains(" 200"))
                .findFirst()
                .flatMap(each -> Xml.child(each, "prop"));
    }

    /// A strong ETag is another one for each content; of others the content decides.
    private Entry entry(String path, Element properties) {
        var tag = Xml.text(properties, "getetag");
        var time = Xml.text(properties, "getlastmodified");
        boolean isStrong = tag.startsWith("\"");
        var changed = changed(time);
        return new Entry(
                path,
                tag + " " + Xml.text(properties, "getcontentlength") + " " + time,
                isStrong ? Optional.of("dav:" + path + ":" + tag) : Optional.empty(),
                isStrong ? Instant.EPOCH : changed.orElse(Instant.EPOCH),
                AccessRule.silent(),
                changed.map(day -> Metadata.ofFile(path, day)).orElse(Metadata.ofFile(path)));
    }

    private static Optional<Instant> changed(String time) {
        try {
            return Optional.of(DateTimeFormatter.RFC_1123_DATE_TIME.parse(time, Instant::from));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    @Override
    public Content fetch(Entry entry, Path file) throws IOException {
        try {
            var at = java.util.Objects.requireNonNull(files.get(entry.path()));
            client.file(WebClient.Call.get(at), file, MOST_OF_A_FILE);
        } catch (WebFailure e) {
            throw e.ofDocument();
        }
        return Content.of(entry.path());
    }

    @Override
    public void close() {
        client.close();
    }
}
