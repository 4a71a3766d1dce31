package dev.sartor.compare.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where a run was made: its seconds mean something beside these figures only.
///
/// @param memoryMib the machine's memory, or the container's
/// @param gflops measured speed of large bf16 matrix products, in 10⁹ operations a second; 0 where nobody measured
public record Machine(
        String processor, int cores, long memoryMib, String system, String java, double gflops) {
    private static final Path CPUS = Path.of("/proc/cpuinfo");

    public static Machine here(double gflops) {
        var memory =
                ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean os
                        ? os.getTotalMemorySize() >> 20
                        : 0;
        return new Machine(
                processorName(),
                Runtime.getRuntime().availableProcessors(),
                memory,
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.version"),
                gflops);
    }

    private static String processorName() {
        if (!Files.isReadable(CPUS)) {
            return System.getProperty("os.arch");
        }
        try (var lines = Files.lines(CPUS)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .findFirst()
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }
}
