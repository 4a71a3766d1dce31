package dev.sartor.retrieve;

import dev.sartor.documents.Section;

import dev.sartor.core.Pages;
import dev.sartor.core.Readers;

/// A piece of a document as it is indexed.
///
/// @param id the document's path, `#` and the chunk's number in the document, from 1
/// @param section the headings above it, joined
record Chunk(
        String id,
        String document,
        String title,
        String section,
        String text,
        Readers readers,
        Pages pages) {
    /// What is embedded and searched: a passage seldom repeats what its document and section are about.
    String indexed() {
        var heading = section;
        if (section.isEmpty()) {
            heading = title;
        } else if (!section.equals(title) && !section.startsWith(title + Section.JOINT)) {
            heading = title + Section.JOINT + section;
        }
        return heading + "\n" + text;
    }
}
