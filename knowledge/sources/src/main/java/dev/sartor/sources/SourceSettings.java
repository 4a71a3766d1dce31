package dev.sartor.sources;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.documents.access.AccessYaml;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// What is said of a remote source: its address alone, or a file `NAME.source.yaml` with the address and more.
///
/// @param where names it in messages: the file, or the address without secrets
/// @param texts the settings that are one text, by their keys
/// @param beside the folder that paths in it start from
record SourceSettings(
        String where,
        Kind kind,
        String address,
        Map<String, String> texts,
        List<String> included,
        Map<String, String> columns,
        Path beside) {
    /// What a source can be.
    enum Kind {
        GIT,
        JDBC,
        S3,
        SITEMAP,
        WEBDAV,
        IMAP;

        /// Its settings beside those of all.
        Set<String> keys() {
            return switch (this) {
                case GIT -> Set.of("branch", "user_env", "password_env", "token_env");
                case JDBC ->
                        Set.of(
                                "query",
                                "content",
                                "columns",
                                "format",
                                "driver",
                                "user_env",
                                "password_env");
                case S3 ->
                        Set.of(
                                "endpoint",
                                "region",
                                "access_key_env",
                                "secret_key_env",
                                "session_token_env");
                case SITEMAP ->
                        Set.of("requests_per_second", "user_env", "password_env", "token_env");
                case WEBDAV -> Set.of("user_env", "password_env", "token_env");
                case IMAP -> Set.of("user_env", "password_env");
            };
        }
    }

    private static final String CURATED = "curated";
    private static final Set<String> OF_ALL = Set.of("address", "name", "include", "curated");
    private static final List<String> FILES = List.of(".source.yaml", ".source.yml");

    static boolean isFile(String source) {
        return FILES.stream().anyMatch(source::endsWith);
    }

    /// Empty where it is no address of a remote source.
    static Optional<Kind> kind(String address) {
        if (address.startsWith("jdbc:")) {
            return Optional.of(Kind.JDBC);
        }
        int end = address.indexOf("://");
        return switch (end < 0 ? "" : address.substring(0, end)) {
            case "git+https", "git+http", "git+file" -> Optional.of(Kind.GIT);
            case "s3" -> Optional.of(Kind.S3);
            case "https", "http" -> Optional.of(Kind.SITEMAP);
            case "webdavs", "webdav" -> Optional.of(Kind.WEBDAV);
            case "imaps", "imap" -> Optional.of(Kind.IMAP);
            default -> Optional.empty();
        };
    }

    static SourceSettings of(String source) {
        var problems = new Problems();
        var settings = isFile(source) ? read(Path.of(source), problems) : bare(source, problems);
        problems.throwIfAny();
        return settings.orElseThrow();
    }

    private static Optional<SourceSettings> bare(String source, Problems problems) {
        var where = withoutSecrets(source);
        checkAddress(source, where, problems);
        return kind(source)
                .map(kind ->
                        new SourceSettings(
                                where, kind, source, Map.of(), List.of(), Map.of(), Path.of("")));
    }

    /// Up to what may hold secrets.
    static String withoutSecrets(String address) {
        var cut = address.replaceFirst("[?;#].*", "");
        return cut.replaceFirst("//[^/@]*@", "//…@");
    }

    private static void checkAddress(String address, String where, Problems problems) {
        var kind = kind(address);
        if (kind.isEmpty()) {
            problems.add(
                    where,
                    "address must begin with git+https://, jdbc:, s3://, https:// (a sitemap), webdavs:// or imaps://.");
            return;
        }
        if (kind.get() == Kind.JDBC) {
            if (address.matches("(?is).*(password|passwd|pwd)\\s*=.*")
                    || address.matches(".*//[^/]*:[^/]*@.*")) {
                problems.add(where, credentials());
            }
            return;
        }
        try {
            var uri = new URI(address);
            if (uri.getRawUserInfo() != null) {
                problems.add(where, credentials());
            }
            var authority = String.valueOf(uri.getRawAuthority());
            boolean isBucket = kind.get() == Kind.S3 && authority.matches("[A-Za-z0-9._-]{1,255}");
            if (uri.getHost() == null && !address.startsWith("git+file:") && !isBucket) {
                problems.add(where, "address must name a host, as in https://docs.example.com/.");
            }
        } catch (URISyntaxException e) {
            problems.add(where, "address is no address: " + e.getReason() + ".");
        }
    }

    private static String credentials() {
        return "address must not hold credentials: put them into environment variables, and name these in a .source.yaml"
                + " (user_env, password_env).";
    }

    private static Optional<SourceSettings> read(Path file, Problems problems) {
        if (!Files.isRegularFile(file)) {
            throw SartorException.user(file + " is not there: check the path.");
        }
        var all = new TreeSet<>(OF_ALL);
        for (var kind : Kind.values()) {
            all.addAll(kind.keys());
        }
        var keys =
                AccessYaml.text(file, problems)
                        .<Map<?, ?>>map(text -> AccessYaml.keys(file, text, all, problems))
                        .orElse(Map.of());
        var texts = new LinkedHashMap<String, String>();
        var where = file.toString();
        keys.forEach((key, value) -> {
            if (value instanceof String || value instanceof Number || value instanceof Boolean) {
                texts.put(String.valueOf(key), String.valueOf(value));
            } else if (!Set.of("include", "columns").contains(String.valueOf(key))) {
                problems.add(where, key + " must be one text.");
            }
        });
        var address = texts.getOrDefault("address", "");
        checkAddress(address, where, problems);
        var kind = kind(address);
        kind.ifPresent(is -> {
            for (var key : keys.keySet()) {
                var name = String.valueOf(key);
                if (all.contains(name) && !OF_ALL.contains(name) && !is.keys().contains(name)) {
                    problems.add(where, name + " is not a setting of this kind of source.");
                }
            }
        });
        var curated = texts.getOrDefault(CURATED, "false");
        if (!Set.of("true", "false").contains(curated)) {
            problems.add(where, "curated must be true or false, got '" + curated + "'.");
        }
        var columns = columns(keys.get("columns"), where, problems);
        var included = included(keys.get("include"), where, problems);
        return kind.map(is ->
                new SourceSettings(
                        where,
                        is,
                        address,
                        Map.copyOf(texts),
                        included,
                        columns,
                        file.toAbsolutePath().resolveSibling(".").normalize()));
    }

    private static List<String> included(
            @org.jspecify.annotations.Nullable Object value, String where, Problems problems) {
        var included = new ArrayList<String>();
        if (value instanceof Collection<?> many) {
            many.forEach(each -> included.add(String.valueOf(each)));
        } else if (value instanceof String one) {
            included.add(one);
        } else if (value != null) {
            problems.add(where, "include must be a pattern of paths, or a list of them.");
        }
        return included;
    }

    private static Map<String, String> columns(
            @org.jspecify.annotations.Nullable Object value, String where, Problems problems) {
        var columns = new LinkedHashMap<String, String>();
        if (value instanceof Map<?, ?> map) {
            AccessYaml.unknown(
                    map,
                    Set.of("id", "title", "text", "readers", "version"),
                    where + ": columns",
                    problems);
            map.forEach((key, name) -> columns.put(String.valueOf(key), String.valueOf(name)));
        } else if (value != null) {
            problems.add(where, "columns must hold names of columns, such as `id: page_id`.");
        }
        return columns;
    }

    /// Whether somebody here answers for what its documents say. Usually not: others write them.
    boolean isCurated() {
        return texts.getOrDefault(CURATED, "false").equals("true");
    }

    Optional<String> text(String key) {
        return Optional.ofNullable(texts.get(key));
    }

    /// What documents' paths begin with where there are several sources.
    String name() {
        var file = Names.last(where.replace('\\', '/'));
        var plain = isFile(file) ? file.substring(0, file.indexOf(".source.y")) : ofAddress();
        return text("name").orElse(plain).replace('/', '_');
    }

    private String ofAddress() {
        var bare = withoutSecrets(address).replaceFirst("/+$", "");
        return switch (kind) {
            case GIT -> Names.last(bare).replaceFirst("\\.git$", "");
            case JDBC -> "rows";
            case SITEMAP -> String.valueOf(URI.create(address).getHost());
            case S3, WEBDAV, IMAP -> Names.last(bare);
        };
    }

    /// The value of the environment variable that a setting names; empty where the setting is absent.
    Optional<String> secret(String key, Environment environment) {
        return text(key)
                .map(variable ->
                        environment
                                .variable(variable)
                                .filter(value -> !value.isEmpty())
                                .orElseThrow(() ->
                                        SartorException.user(
                                                where
                                                        + ": "
                                                        + key
                                                        + " names the environment variable "
                                                        + variable
                                                        + ", which is not set: set it, then run the same"
                                                        + " command again.")));
    }

    /// Where secrets are.
    interface Environment {
        Optional<String> variable(String name);
    }
}
