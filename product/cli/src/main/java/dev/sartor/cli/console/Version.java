package dev.sartor.cli.console;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/// What runs, and on what.
///
/// @param cores the processors that the JVM may use
/// @param heapMib the most that the JVM's heap may hold; weights lie outside it
public record Version(
        String sartor, String java, String system, String architecture, int cores, long heapMib) {
    public Version() {
        this(
                own(),
                Runtime.version().toString(),
                System.getProperty("os.name") + " " + System.getProperty("os.version"),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                Runtime.getRuntime().maxMemory() >> 20);
    }

    public String[] lines() {
        return new String[] {
            "sartor " + sartor,
            "Java "
                    + java
                    + ", "
                    + system
                    + " "
                    + architecture
                    + ", "
                    + cores
                    + " cores, heap "
                    + heapMib
                    + " MiB"
        };
    }

    /// For `--version`.
    public static final class Lines implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new Version().lines();
        }
    }

    private static String own() {
        try (var in = Version.class.getResourceAsStream("version.properties")) {
            var properties = new Properties();
            properties.load(Objects.requireNonNull(in, "version.properties"));
            return properties.getProperty("version");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
