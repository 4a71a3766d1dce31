package dev.sartor.tensor.machine;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/// What the processor must have for libtorch's kernels of int8 (FBGEMM), and has wherever Sartor is tested. It is said before
/// libtorch is unpacked.
public final class InstructionSet {
    private static final Path LINUX = Path.of("/proc/cpuinfo");
    private static final String NEEDED = "avx2";

    private InstructionSet() {}

    /// Looks at this machine, where it says what it has: Linux on x86-64.
    public static void refuseUnlessAble() {
        if (System.getProperty("os.arch").equals("amd64")) {
            refuseUnlessAble(LINUX);
        }
    }

    /// @param processors as Linux describes them; passed where it is not there or names no flags
    static void refuseUnlessAble(Path processors) {
        if (!Files.isReadable(processors)) {
            return;
        }
        try (var lines = Files.lines(processors, StandardCharsets.ISO_8859_1)) {
            var flags = lines.filter(line -> line.startsWith("flags")).findFirst();
            if (flags.isPresent() && !hasFlag(flags.get())) {
                throw SartorException.missing(
                        "Sartor needs a processor with AVX2 (Intel's since 2013, AMD's since 2015), and this one has"
                                + " none, says "
                                + processors
                                + ": use another machine, or let the virtual machine see its host's processor.");
            }
        } catch (IOException e) {
            org.slf4j.LoggerFactory.getLogger(InstructionSet.class)
                    .debug("cannot read {}", processors, e);
        }
    }

    private static boolean hasFlag(String line) {
        return Arrays.asList(line.substring(line.indexOf(':') + 1).strip().split(" ", -1))
                .contains(NEEDED);
    }
}
