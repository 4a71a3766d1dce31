package dev.sartor.documents;

import dev.sartor.core.Pages;
import java.util.List;

/// A stretch of a document under one heading.
///
/// @param headings the headings above it, outermost first; empty before the first heading
/// @param blocks paragraphs, lists, tables and code in reading order; lines of lists, tables and code end in a newline
/// @param pages where each of the blocks stands; empty where the document has no pages
public record Section(List<String> headings, List<String> blocks, List<Pages> pages) {
    /// Joins headings into a path, here and in {@link dev.sartor.core.Passage#section()}.
    public static final String JOINT = " › ";

    public Section {
        headings = List.copyOf(headings);
        blocks = List.copyOf(blocks);
        pages = pages.stream().anyMatch(Pages::isKnown) ? List.copyOf(pages) : List.of();
        if (!pages.isEmpty() && pages.size() != blocks.size()) {
            throw new IllegalArgumentException(pages.size() + " pages of " + blocks.size());
        }
    }

    /// Of a document without pages.
    public Section(List<String> headings, List<String> blocks) {
        this(headings, blocks, List.of());
    }

    public String path() {
        return String.join(JOINT, headings);
    }

    public Pages pages(int block) {
        return pages.isEmpty() ? Pages.none() : pages.get(block);
    }
}
