package dev.sartor.cli.console;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.logging.Handler;
import java.util.logging.LogManager;
import java.util.logging.LogRecord;
import java.util.logging.SimpleFormatter;
import org.jspecify.annotations.Nullable;

/// Sends what rooms and libraries log to the console: warnings as one line, all of Sartor's own with `--debug`. The JDK
/// makes an instance when the first logger is asked for, so that a command that logs nothing pays nothing.
public final class Logging {
    private static volatile @Nullable Console console;
    private static volatile boolean debug;

    public Logging() throws IOException {
        var settings =
                String.format(
                        Locale.ROOT,
                        """
                        handlers = %s
                        .level = WARNING
                        dev.sartor.level = %s
                        """,
                        ToConsole.class.getName(),
                        debug ? "FINE" : "WARNING");
        LogManager.getLogManager()
                .readConfiguration(
                        new ByteArrayInputStream(settings.getBytes(StandardCharsets.ISO_8859_1)));
    }

    public static void to(Console shown, boolean detailed) {
        console = shown;
        debug = detailed;
        System.setProperty("java.util.logging.config.class", Logging.class.getName());
    }

    /// Made by the JDK.
    public static final class ToConsole extends Handler {
        private final SimpleFormatter formatter = new SimpleFormatter();

        @Override
        public void publish(LogRecord entry) {
            var shown = console;
            if (shown != null && isLoggable(entry)) {
                shown.say(words(entry));
            }
        }

        private String words(LogRecord entry) {
            var name = String.valueOf(entry.getLoggerName());
            var words =
                    name.substring(name.lastIndexOf('.') + 1)
                            + ": "
                            + formatter.formatMessage(entry);
            var thrown = entry.getThrown();
            if (thrown == null) {
                return words;
            }
            return words
                    + (debug
                            ? "\n" + DefectLog.trace(thrown).stripTrailing()
                            : " (" + thrown + ")");
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
