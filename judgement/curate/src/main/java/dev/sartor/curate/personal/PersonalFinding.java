package dev.sartor.curate.personal;

import dev.sartor.core.Problems;
import dev.sartor.curate.span.Span;

/// A piece of personal data in a text.
///
/// @param start the index of its first char
/// @param end the index after its last char
/// @param confidence 0 to 1: how sure its form, its checksum and the words near it make it
/// @param value what all ways of writing it have in common, such as `+493012345678`; never to be written out
public record PersonalFinding(
        PersonalKind kind, int start, int end, double confidence, String value) implements Span {
    public PersonalFinding {
        Problems.refuseUnless(
                start >= 0 && end > start, "end", "more than start", end, "name a span");
        Problems.refuseUnless(
                confidence >= 0 && confidence <= 1,
                "confidence",
                "0 to 1",
                confidence,
                "name a share");
    }

    /// Without the value, so that no log tells it.
    @Override
    public String toString() {
        return kind + "[" + start + ", " + end + ") " + confidence;
    }
}
