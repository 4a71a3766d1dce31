package dev.sartor.curate.secret;

import dev.sartor.core.Problems;
import dev.sartor.curate.span.Span;

/// A secret in a text.
///
/// @param rule which found it, such as `github-pat`
/// @param start the index of its first char
/// @param end the index after its last char
/// @param entropy of its chars, in bits for each (Shannon 1948)
public record SecretFinding(String rule, int start, int end, double entropy) implements Span {
    public SecretFinding {
        Problems.refuseUnless(
                start >= 0 && end > start, "end", "more than start", end, "name a span");
    }
}
