package dev.sartor.model;

import java.util.OptionalDouble;
import java.util.OptionalInt;

/// How a layer's attention scores are made and which of them count.
///
/// @param scale what q·k is multiplied by; 1/√(head width) in most models (Vaswani et al. 2017)
/// @param window how many tokens are seen, the token itself counted: one at p sees p − window + 1 to p (Beltagy et al.
///     2020; Jiang et al. 2023), in a pass that sees both ways also as many after it; empty where all are seen
/// @param softCap scores become cap·tanh(score/cap), before the mask (Gemma 2, section 2)
public record AttentionRule(double scale, OptionalInt window, OptionalDouble softCap) {
    public AttentionRule {
        if (!(scale > 0) || window.orElse(1) < 1 || !(softCap.orElse(1) > 0)) {
            throw new IllegalArgumentException(
                    "scale, window and soft cap must be positive, got "
                            + scale
                            + ", "
                            + window
                            + " and "
                            + softCap);
        }
    }

    /// Every token is seen, and scores are divided by √(head width).
    public static AttentionRule full(int headWidth) {
        return new AttentionRule(
                1 / Math.sqrt(headWidth), OptionalInt.empty(), OptionalDouble.empty());
    }

    public AttentionRule within(OptionalInt tokens) {
        return new AttentionRule(scale, tokens, softCap);
    }

    /// The window where it hides anything of a text of so many tokens.
    OptionalInt windowOver(long tokens) {
        return window.orElse(Integer.MAX_VALUE) < tokens ? window : OptionalInt.empty();
    }

    /// The first token that one at `position` sees.
    long firstSeenFrom(long position) {
        return Math.max(0, position + 1 - window.orElse(Integer.MAX_VALUE));
    }
}
