package dev.sartor.tensor.machine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import java.util.stream.LongStream;

/// How much memory a process of a Linux machine may still take: what the kernel says is available, or less where a control
/// group (a container) allows less.
///
/// @param root of the file system, `/`
record FreeMemory(Path root) {
    /// Bytes; empty where the kernel does not say.
    OptionalLong bytes() {
        var machine = field(root.resolve("proc/meminfo"), "MemAvailable:");
        var all =
                LongStream.concat(
                        machine.stream().map(kib -> kib << 10),
                        LongStream.concat(
                                inGroups("0::", "sys/fs/cgroup", "memory.max", "memory.current"),
                                inGroups(
                                        "memory:",
                                        "sys/fs/cgroup/memory",
                                        "memory.limit_in_bytes",
                                        "memory.usage_in_bytes")));
        return machine.isEmpty() ? machine : all.min();
    }

    /// What is left in the process's group and in those around it. Pages of files that nobody uses now can be taken back.
    ///
    /// @param hierarchy how its line in /proc/self/cgroup is told
    private LongStream inGroups(String hierarchy, String mount, String limit, String usage) {
        var place = root.resolve(mount);
        var path = Path.of(group(hierarchy));
        var left = LongStream.builder();
        for (int depth = path.getNameCount(); depth >= 0; depth--) {
            var at = depth == 0 ? place : place.resolve(path.subpath(0, depth));
            var most = number(at.resolve(limit));
            var used = number(at.resolve(usage));
            if (most.isPresent() && used.isPresent()) {
                long files = field(at.resolve("memory.stat"), "inactive_file ").orElse(0);
                left.add(Math.max(0, most.getAsLong() - used.getAsLong() + files));
            }
        }
        return left.build();
    }

    private String group(String hierarchy) {
        try {
            return Files.readAllLines(root.resolve("proc/self/cgroup")).stream()
                    .filter(line -> line.contains(hierarchy))
                    .map(line -> line.substring(line.indexOf(hierarchy) + hierarchy.length()))
                    .map(path -> path.startsWith("/") ? path.substring(1) : path)
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            return "";
        }
    }

    /// Empty where there is none, or `max`.
    private static OptionalLong number(Path file) {
        try {
            return OptionalLong.of(Long.parseLong(Files.readString(file).strip()));
        } catch (IOException | NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /// The number on the line of a file that begins so.
    static OptionalLong field(Path file, String name) {
        try {
            return Files.readAllLines(file).stream()
                    .filter(line -> line.startsWith(name))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
