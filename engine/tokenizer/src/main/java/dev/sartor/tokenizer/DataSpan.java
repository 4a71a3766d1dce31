package dev.sartor.tokenizer;

import dev.sartor.core.Problems;

/// A part of a rendered prompt that is somebody's data, not the template's own text.
///
/// @param start,end UTF-16 indices into the prompt, the end excluded
public record DataSpan(int start, int end) {
    public DataSpan {
        Problems.refuseUnless(
                0 <= start && start <= end,
                "a data span",
                "an interval of the prompt",
                start + " to " + end,
                "give its start and its end");
    }
}
