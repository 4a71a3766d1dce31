package dev.sartor.retrieve;

import java.util.List;

/// A stretch of a document under one heading.
///
/// @param headings the headings above it, outermost first; empty before the first heading
/// @param blocks paragraphs, lists, tables and code in reading order; lines of lists, tables and code end in a newline
public record Section(List<String> headings, List<String> blocks) {
    /// Joins headings into a path, here and in {@link dev.sartor.core.Passage#section()}.
    static final String JOINT = " › ";

    public Section {
        headings = List.copyOf(headings);
        blocks = List.copyOf(blocks);
    }

    String path() {
        return String.join(JOINT, headings);
    }
}
