package dev.sartor.core;

import java.util.List;

/// How likely the model held one token of an answer to be, before temperature, penalties and constraints.
///
/// @param top the likeliest tokens in its place, likeliest first; as many as were asked for
public record TokenScore(Scored token, List<Scored> top) {
    public TokenScore {
        top = List.copyOf(top);
    }

    /// @param text with U+FFFD where the token is only a part of a character
    /// @param bytes the token's UTF-8
    /// @param logProbability in nats
    public record Scored(String text, List<Byte> bytes, double logProbability) {
        public Scored {
            bytes = List.copyOf(bytes);
        }
    }
}
