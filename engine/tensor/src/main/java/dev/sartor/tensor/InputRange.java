package dev.sartor.tensor;

import dev.sartor.tensor.machine.InstructionSet;

/// How finely the input of an integer product is rounded. With VNNI instructions the sums are exact for 8 bits; without
/// them pairs of products are added in 16 bits, which holds 7.
final class InputRange {
    private static final boolean EXACT_FOR_8_BITS = InstructionSet.has("avx512_vnni");

    /// Steps on either side of zero.
    static final int STEPS = EXACT_FOR_8_BITS ? 127 : 63;

    /// The unsigned number that stands for zero.
    static final int ZERO = EXACT_FOR_8_BITS ? 128 : 64;

    private InputRange() {}
}
