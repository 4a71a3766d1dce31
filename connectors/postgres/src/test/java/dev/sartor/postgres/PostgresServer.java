package dev.sartor.postgres;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipFile;

/// A PostgreSQL of its own with pgvector, from a Python package, started once for all tests of a JVM and stopped with it. It
/// refuses to run as root: then it runs as nobody.
final class PostgresServer {
    private static final PostgresServer USUAL = start("pgserver", "0.1.4");
    private static final int NOBODY = 65534;
    private static final int MINUTES = 5;

    private final Path home;
    private final int port;

    private PostgresServer(Path home, int port) {
        this.home = home;
        this.port = port;
    }

    /// With pgvector 0.6.2.
    static PostgresServer usual() {
        return USUAL;
    }

    static PostgresServer start(String name, String version) {
        try {
            var home = Files.createTempDirectory("sartor-postgres-");
            Runtime.getRuntime().addShutdownHook(new Thread(() -> clear(home)));
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            unpack(wheel(name, version, home), home.resolve("package"));
            var server = new PostgresServer(home, freePort());
            var data = Files.createDirectory(home.resolve("data"));
            if (isRoot()) {
                run(List.of("chown", String.valueOf(NOBODY), data.toString()));
            }
            server.program(
                    "initdb",
                    List.of(
                            "-D",
                            data.toString(),
                            "-U",
                            "keeper",
                            "-A",
                            "trust",
                            "--no-sync",
                            "-E",
                            "UTF8"));
            server.restart();
            server.sql("postgres", "create database documents");
            return server;
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Path wheel(String name, String version, Path home) throws IOException {
        run(
                List.of(
                        "python3",
                        "-m",
                        "pip",
                        "download",
                        "-q",
                        "--no-deps",
                        "--only-binary=:all:",
                        "--disable-pip-version-check",
                        "--python-version",
                        "3.11",
                        "--platform",
                        "manylinux_2_28_x86_64",
                        "--platform",
                        "manylinux_2_17_x86_64",
                        "--dest",
                        home.toString(),
                        name + "==" + version));
        try (var files = Files.newDirectoryStream(home, "*.whl")) {
            return files.iterator().next();
        }
    }

    private static void unpack(Path wheel, Path folder) throws IOException {
        try (var zip = new ZipFile(wheel.toFile())) {
            for (var entry : zip.stream().filter(each -> !each.isDirectory()).toList()) {
                var file = folder.resolve(entry.getName()).normalize();
                Files.createDirectories(file.resolveSibling("."));
                Files.copy(zip.getInputStream(entry), file);
                if (entry.getName().contains("/bin/")) {
                    Files.setPosixFilePermissions(
                            file, PosixFilePermissions.fromString("rwxr-xr-x"));
                }
            }
        }
        Files.delete(wheel);
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private static boolean isRoot() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void program(String name, List<String> arguments) throws IOException {
        var command = new ArrayList<String>();
        if (isRoot()) {
            command.addAll(
                    List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"));
        }
        try (var found = Files.walk(home.resolve("package"))) {
            command.add(
                    found.filter(each -> each.endsWith("pginstall/bin/" + name))
                            .findFirst()
                            .orElseThrow()
                            .toString());
        }
        command.addAll(arguments);
        run(command);
    }

    private static void run(List<String> command) throws IOException {
        var log = Files.createTempFile("sartor-postgres-", ".log");
        try {
            var process =
                    new ProcessBuilder(command)
                            .directory(Path.of("/").toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(log.toFile())
                            .start();
            if (!process.waitFor(MINUTES, TimeUnit.MINUTES) || process.exitValue() != 0) {
                throw new IOException(command + " failed: " + Files.readString(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } finally {
            Files.delete(log);
        }
    }

    /// Starts it, or starts it again.
    void restart() throws IOException {
        control(
                "-l",
                home.resolve("data/log").toString(),
                "-o",
                "-p "
                        + port
                        + " -c listen_addresses=localhost -c unix_socket_directories= -c fsync=off"
                        + " -c max_connections=40",
                "start");
    }

    /// As `kill -9` of all its processes would.
    void kill() throws IOException {
        control("-m", "immediate", "stop");
    }

    private void control(String... arguments) throws IOException {
        var all = new ArrayList<>(List.of("-D", home.resolve("data").toString(), "-w"));
        all.addAll(List.of(arguments));
        program("pg_ctl", all);
    }

    private static void clear(Path home) {
        try {
            new PostgresServer(home, 0).kill();
            run(List.of("rm", "-rf", home.toString()));
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(PostgresServer.class).warn("left behind", e);
        }
    }

    String address(String user, String schema) {
        return "postgresql://" + user + "@localhost:" + port + "/documents?schema=" + schema;
    }

    /// The first column of the first row of the last of the statements, as text.
    String asked(String database, String statements) throws SQLException {
        try (var connection = connected(database);
                var statement = connection.createStatement()) {
            boolean isResult = statement.execute(statements);
            while (!isResult) {
                isResult = statement.getMoreResults();
            }
            var rows = statement.getResultSet();
            rows.next();
            return rows.getString(1);
        }
    }

    /// Files of a database and those that all share, but for the write-ahead log, whose bytes hold one of the words.
    List<String> filesWith(String database, String... words) throws IOException {
        var own = home.resolve("data/base");
        try {
            own =
                    own.resolve(
                            asked(
                                    database,
                                    "select oid from pg_database where datname = current_database()"));
        } catch (SQLException e) {
            throw new IOException(e);
        }
        var found = new ArrayList<String>();
        for (var place : List.of(own, home.resolve("data/global"))) {
            try (var files = Files.walk(place)) {
                for (var file : files.filter(Files::isRegularFile).toList()) {
                    var bytes = Files.readString(file, StandardCharsets.ISO_8859_1);
                    if (Stream.of(words).anyMatch(bytes::contains)) {
                        found.add(home.resolve("data").relativize(file).toString());
                    }
                }
            }
        }
        return found;
    }

    private Connection connected(String database) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://localhost:" + port + "/" + database + "?user=keeper");
    }

    void sql(String database, String... statements) {
        try (var connection = connected(database)) {
            for (var each : statements) {
                Sql.run(connection, each);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
