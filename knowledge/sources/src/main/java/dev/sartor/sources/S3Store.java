package dev.sartor.sources;

import dev.sartor.core.SartorException;
import dev.sartor.documents.AccessRule;
import dev.sartor.documents.Metadata;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.w3c.dom.Element;

/// The objects of a bucket below a prefix, of any store that speaks S3. An object is told from its ETag, size and time.
final class S3Store implements Store {
    private static final long MOST_OF_A_PAGE = 16L << 20;
    private static final long MOST_OF_AN_OBJECT = 64L << 20;

    private final SourceSettings settings;
    private final WebClient client;
    private final String endpoint;
    private final String bucket;
    private final String prefix;
    private final int page;

    S3Store(SourceSettings settings, WebClient client) {
        this(settings, client, 1000);
    }

    /// @param page the most objects that one answer may list
    S3Store(SourceSettings settings, WebClient client, int page) {
        this.page = page;
        this.settings = settings;
        this.client = client;
        this.endpoint =
                settings.text("endpoint")
                        .orElse("https://s3." + region(settings) + ".amazonaws.com")
                        .replaceFirst("/+$", "");
        var rest = settings.address().substring("s3://".length());
        int end = rest.indexOf('/');
        this.bucket = end < 0 ? rest : rest.substring(0, end);
        var below = end < 0 ? "" : rest.substring(end + 1);
        this.prefix = below.isEmpty() || below.endsWith("/") ? below : below + "/";
        checkEndpoint();
    }

    private void checkEndpoint() {
        try {
            var uri = URI.create(endpoint);
            if (uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw noEndpoint();
        }
        throw noEndpoint();
    }

    private SartorException noEndpoint() {
        return SartorException.user(
                settings.where()
                        + ": endpoint must be an address such as https://minio.example.com:9000, without credentials.");
    }

    static String region(SourceSettings settings) {
        var region = settings.text("region").orElse("us-east-1");
        if (!region.matches("[a-z0-9-]{1,40}")) {
            throw SartorException.user(
                    settings.where()
                            + ": region must be a name such as eu-central-1, got "
                            + region
                            + ".");
        }
        return region;
    }

    @Override
    public boolean isTree() {
        return true;
    }

    @Override
    public Listing list(Map<String, String> stamps) {
        var entries = new ArrayList<Entry>();
        var tokens = new HashSet<String>();
        var token = "";
        try {
            do {
                var page = Xml.parse(client.bytes(page(token), MOST_OF_A_PAGE), "ListBucketResult");
                for (var object : Xml.children(page, "Contents")) {
                    entry(object).ifPresent(entries::add);
                }
                if (entries.size() > RemoteSource.MOST_DOCUMENTS) {
                    throw RemoteSource.tooMany(settings.where());
                }
                token =
                        "true".equals(Xml.text(page, "IsTruncated"))
                                ? Xml.text(page, "NextContinuationToken")
                                : "";
                if (!token.isEmpty() && !tokens.add(token)) {
                    throw new WebFailure(0, endpoint + " lists " + bucket + " in a circle");
                }
                if (token.isEmpty() && "true".equals(Xml.text(page, "IsTruncated"))) {
                    throw new WebFailure(0, endpoint + " lists a part of " + bucket + " alone");
                }
            } while (!token.isEmpty());
        } catch (WebFailure e) {
            throw e.ofListing();
        }
        return new Listing(entries, List.of());
    }

    private WebClient.Call page(String token) {
        var query = new StringBuilder("?");
        if (!token.isEmpty()) {
            query.append("continuation-token=").append(encoded(token)).append('&');
        }
        query.append("encoding-type=url&list-type=2&max-keys=")
                .append(page)
                .append("&prefix=")
                .append(encoded(prefix));
        return WebClient.Call.get(URI.create(endpoint + "/" + bucket + query));
    }

    private Optional<Entry> entry(Element object) throws WebFailure {
        var key = URLDecoder.decode(Xml.text(object, "Key"), StandardCharsets.UTF_8);
        if (!key.startsWith(prefix)) {
            throw new WebFailure(0, endpoint + " lists what is not below " + prefix);
        }
        if (key.endsWith("/") || key.equals(prefix)) {
            return Optional.empty(); // stands for a folder
        }
        var path = key.substring(prefix.length());
        var tag = Xml.text(object, "ETag");
        var time = Xml.text(object, "LastModified");
        var stamp = tag + " " + Xml.text(object, "Size") + " " + time;
        return Optional.of(
                new Entry(
                        path,
                        stamp,
                        tag.isEmpty() ? Optional.empty() : Optional.of("s3:" + path + ":" + tag),
                        Instant.EPOCH,
                        AccessRule.silent(),
                        metadata(path, time)));
    }

    private static Metadata metadata(String path, String time) {
        try {
            return Metadata.ofFile(path, Instant.parse(time));
        } catch (DateTimeParseException e) {
            return Metadata.ofFile(path);
        }
    }

    /// As signatures ask for it: all but letters, digits and `-._~`.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    @Override
    public Content fetch(Entry entry, Path file) throws IOException {
        var key = encoded(prefix + entry.path()).replace("%2F", "/");
        try {
            client.file(
                    WebClient.Call.get(URI.create(endpoint + "/" + bucket + "/" + key)),
                    file,
                    MOST_OF_AN_OBJECT);
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
