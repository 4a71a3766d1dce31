package dev.sartor.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;

/// The most memory that this process has held since a moment: resident pages, native ones included. Linux alone counts
/// that and lets it be reset; elsewhere nothing is known, and nothing is said.
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path RESET = Path.of("/proc/self/clear_refs");

    private PeakMemory() {}

    /// Begins anew (proc(5): 5 written to clear_refs resets the peak to what is resident now).
    static void reset() {
        try {
            if (Files.isWritable(RESET)) {
                Files.writeString(RESET, "5");
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(PeakMemory.class)
                    .debug("the peak of memory counts from the process's start", e);
        }
    }

    /// In MiB.
    static OptionalLong mebibytes() {
        if (!Files.isReadable(STATUS)) {
            return OptionalLong.empty();
        }
        try (var lines = Files.lines(STATUS)) {
            return lines.filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) >> 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
