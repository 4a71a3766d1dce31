package dev.sartor.tensor.machine;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/// What the processor can do, by the flags of Linux on x86-64. Other systems name none.
public final class InstructionSet {
    private static final Path PROCESSORS = Path.of("/proc/cpuinfo");

    private InstructionSet() {}

    /// @param flag as Linux calls it, such as `avx512_vnni`
    /// @return false also where no flags are named
    public static boolean has(String flag) {
        return flags(PROCESSORS).contains(flag);
    }

    /// Refuses a processor without AVX2, which libtorch's kernels of int8 (FBGEMM) need, and which there is wherever Sartor is
    /// tested.
    ///
    /// @throws SartorException resources are missing
    public static void refuseWithoutAvx2() {
        refuseWithoutAvx2(PROCESSORS);
    }

    static void refuseWithoutAvx2(Path processors) {
        var flags = flags(processors);
        if (!flags.isEmpty() && !flags.contains("avx2")) {
            throw SartorException.missing(
                    "Sartor needs a processor with AVX2 (Intel's since 2013, AMD's since 2015), and this one has"
                            + " none, says "
                            + processors
                            + ": use another machine, or let the virtual machine see its host's processor.");
        }
    }

    /// Of the first processor; none where the file is not there or names none.
    private static Set<String> flags(Path processors) {
        try (var lines = Files.lines(processors, StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("flags"))
                    .limit(1)
                    .map(line -> line.substring(line.indexOf(':') + 1).strip().split(" ", -1))
                    .flatMap(Arrays::stream)
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            return Set.of();
        }
    }
}
