package dev.sartor.postgres;

import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;

/// A database, and the schema in it that is the index: `postgresql://[USER@]HOST[:PORT]/DATABASE[?schema=NAME&sslmode=…]`.
/// The password stands in PGPASSWORD or in ~/.pgpass, never in the address.
record PostgresAddress(
        String host, int port, String database, String user, Map<String, String> settings) {
    private static final int USUAL_PORT = 5432;
    private static final String USUAL_SCHEMA = "sartor";
    private static final String SCHEMA = "schema";
    private static final List<String> KNOWN =
            List.of(SCHEMA, "sslmode", "sslrootcert", "sslcert", "sslkey");

    /// Seconds.
    private static final String CONNECTING = "10";

    PostgresAddress {
        settings = Map.copyOf(settings);
    }

    static boolean isOne(String address) {
        return address.startsWith("postgresql://") || address.startsWith("postgres://");
    }

    /// @throws SartorException a user's error, which does not repeat a password
    static PostgresAddress parsed(String address) {
        URI uri;
        try {
            uri = new URI(address);
        } catch (URISyntaxException e) {
            throw wrong("is none");
        }
        var user = Objects.requireNonNullElse(uri.getUserInfo(), "");
        if (user.contains(":")) {
            throw holdsPassword();
        }
        var path = Objects.requireNonNullElse(uri.getPath(), "");
        if (uri.getHost() == null || path.length() < 2 || path.indexOf('/', 1) >= 0) {
            throw wrong("lacks the host or the database");
        }
        return new PostgresAddress(
                uri.getHost(),
                uri.getPort() < 0 ? USUAL_PORT : uri.getPort(),
                path.substring(1),
                user.isEmpty() ? usualUser() : user,
                settings(Objects.requireNonNullElse(uri.getRawQuery(), "")));
    }

    private static Map<String, String> settings(String query) {
        var settings = new LinkedHashMap<String, String>();
        for (var each : query.isEmpty() ? new String[0] : query.split("&", -1)) {
            int equals = each.indexOf('=');
            var name = equals < 0 ? each : each.substring(0, equals);
            if (name.equals("password")) {
                throw holdsPassword();
            }
            if (!KNOWN.contains(name) || equals < 0) {
                throw SartorException.user(
                        "the address of a database takes NAME=VALUE of "
                                + String.join(", ", KNOWN)
                                + " behind its ?, got '"
                                + name
                                + "': leave it out."
                                + Nearest.hint(name, KNOWN));
            }
            settings.put(
                    name, URLDecoder.decode(each.substring(equals + 1), StandardCharsets.UTF_8));
        }
        var schema = settings.getOrDefault(SCHEMA, USUAL_SCHEMA);
        if (!schema.matches("[a-z_][a-z0-9_]{0,47}") || schema.startsWith("pg_")) {
            throw SartorException.user(
                    "schema must be up to 48 of a-z, 0-9 and _, with no digit and no pg_ in front, got '"
                            + schema
                            + "': "
                            + USUAL_SCHEMA
                            + " is usual.");
        }
        return settings;
    }

    private static SartorException wrong(String how) {
        return SartorException.user(
                "a database's address must be postgresql://[USER@]HOST[:PORT]/DATABASE[?schema=NAME], and"
                        + " this one "
                        + how
                        + ": write it as postgresql://localhost/documents.");
    }

    private static SartorException holdsPassword() {
        return SartorException.user(
                "the address of a database holds a password, which others could read: leave it out, and"
                        + " put it into the environment variable PGPASSWORD or into ~/.pgpass.");
    }

    private static String usualUser() {
        var named = System.getenv("PGUSER");
        return named == null || named.isEmpty() ? System.getProperty("user.name") : named;
    }

    String schema() {
        return settings.getOrDefault(SCHEMA, USUAL_SCHEMA);
    }

    String url() {
        return "jdbc:postgresql://" + host + ":" + port + "/" + database;
    }

    Properties properties() {
        var properties = new Properties();
        properties.setProperty("user", user);
        var password = System.getenv("PGPASSWORD");
        if (password != null && !password.isEmpty()) {
            properties.setProperty("password", password);
        }
        settings.forEach((name, value) -> {
            if (!name.equals(SCHEMA)) {
                properties.setProperty(name, value);
            }
        });
        properties.setProperty("ApplicationName", "sartor");
        properties.setProperty("connectTimeout", CONNECTING);
        properties.setProperty("tcpKeepAlive", "true");
        properties.setProperty("reWriteBatchedInserts", "true");
        return properties;
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(url(), properties());
    }

    /// As it may be written again.
    @Override
    public String toString() {
        var parts = new ArrayList<String>();
        settings.forEach((name, value) -> parts.add(name + "=" + value));
        return "postgresql://"
                + user
                + "@"
                + host
                + ":"
                + port
                + "/"
                + database
                + (parts.isEmpty() ? "" : "?" + String.join("&", parts.stream().sorted().toList()));
    }
}
