package dev.sartor.sources;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import java.util.ServiceLoader;
import java.util.regex.Pattern;

/// Connections that only read, by a driver from the class path or from a JAR that the settings name.
final class JdbcConnections implements AutoCloseable {
    private static final Pattern HOST = Pattern.compile("//(\\[[^]]*]|[^/:?;,]+)");

    private final SourceSettings settings;
    private final Credentials credentials;
    private final AddressGuard guard;
    private Optional<URLClassLoader> loader = Optional.empty();

    JdbcConnections(SourceSettings settings, Credentials credentials, AddressGuard guard) {
        this.settings = settings;
        this.credentials = credentials;
        this.guard = guard;
    }

    Connection open() throws SQLException {
        var host = HOST.matcher(settings.address());
        if (host.find()) {
            guard.check(host.group(1));
        }
        var properties = new Properties();
        credentials.user().ifPresent(user -> properties.setProperty("user", user));
        credentials.password().ifPresent(word -> properties.setProperty("password", word));
        var connection = driver().connect(settings.address(), properties);
        if (connection == null) {
            throw noDriver();
        }
        try {
            connection.setReadOnly(true);
            connection.setAutoCommit(false); // rows then come as they are read, not all at once
            return connection;
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    private Driver driver() {
        var jar = settings.text("driver");
        if (jar.isEmpty()) {
            try {
                return DriverManager.getDriver(settings.address());
            } catch (SQLException e) {
                throw noDriver();
            }
        }
        var file = settings.beside().resolve(jar.get());
        if (!Files.isRegularFile(file)) {
            throw SartorException.user(
                    settings.where()
                            + ": driver must name a JAR file, got "
                            + file
                            + ": check the path.");
        }
        try {
            if (loader.isEmpty()) {
                loader =
                        Optional.of(
                                new URLClassLoader(
                                        new URL[] {file.toUri().toURL()},
                                        ClassLoader.getPlatformClassLoader()));
            }
            for (var driver : ServiceLoader.load(Driver.class, loader.get())) {
                if (driver.acceptsURL(settings.address())) {
                    return driver;
                }
            }
        } catch (MalformedURLException | SQLException e) {
            throw SartorException.user(settings.where() + ": driver cannot be loaded.", e);
        }
        throw noDriver();
    }

    private SartorException noDriver() {
        return SartorException.user(
                settings.where()
                        + " needs a JDBC driver: download your database's, and name its JAR as `driver:` in the .source.yaml.");
    }

    @Override
    public void close() throws IOException {
        if (loader.isPresent()) {
            loader.get().close();
        }
    }
}
