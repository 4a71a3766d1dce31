package dev.sartor.cli.console;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/// Keeps the stack trace of a defect in a file of its own, so that the terminal shows a sentence.
public final class DefectLog {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT)
                    .withZone(ZoneOffset.UTC);

    private final Path folder;
    private final Clock clock;

    public DefectLog(Path folder, Clock clock) {
        this.folder = folder;
        this.clock = clock;
    }

    /// Says where the trace is; shows it where it cannot be written.
    String keep(Throwable failure) {
        var trace = String.join("\n", new Version().lines()) + "\n\n" + trace(failure);
        var file = folder.resolve("defect-" + STAMP.format(clock.instant()) + ".log");
        try {
            Files.createDirectories(folder);
            Files.writeString(file, trace);
            return "The details are in " + file + ": please report it with that file.";
        } catch (IOException e) {
            return "Please report it with these details:\n" + trace;
        }
    }

    static String trace(Throwable failure) {
        var text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text));
        return text.toString();
    }
}
