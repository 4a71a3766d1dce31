package dev.sartor.tensor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// How finely the input of an integer product is rounded. With VNNI instructions the sums are exact for 8 bits; without
/// them pairs of products are added in 16 bits, which holds 7.
final class InputRange {
    private static final boolean EXACT_FOR_8_BITS = hasVnni();

    /// Steps on either side of zero.
    static final int STEPS = EXACT_FOR_8_BITS ? 127 : 63;

    /// The unsigned number that stands for zero.
    static final int ZERO = EXACT_FOR_8_BITS ? 128 : 64;

    private InputRange() {}

    private static boolean hasVnni() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.startsWith("flags"))
                    .limit(1)
                    .anyMatch(line -> line.contains("avx512_vnni"));
        } catch (IOException e) {
            return false;
        }
    }
}
