package dev.sartor.tune.checkpoint;

import dev.sartor.tensor.Engine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What decides the last bits of sums: the processor, and how many threads share a sum.
public final class Machine {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");
    private static final String MODEL = "model name";

    private Machine() {}

    /// @param ranks processes that compute a step together
    public static String here(int ranks) {
        var alone = processor() + ", " + Engine.threads() + " threads";
        return ranks == 1 ? alone : alone + ", " + ranks + " ranks";
    }

    private static String processor() {
        var plain = System.getProperty("os.arch", "unknown");
        if (!Files.isReadable(PROCESSORS)) {
            return plain;
        }
        try (var lines = Files.lines(PROCESSORS)) {
            return lines.filter(line -> line.startsWith(MODEL))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(plain);
        } catch (IOException e) {
            return plain;
        }
    }
}
