package dev.sartor.retrieve.text;

import dev.sartor.core.Pages;
import dev.sartor.core.Readers;
import dev.sartor.documents.Section;
import java.util.Optional;

/// A piece of a document as it is indexed.
///
/// @param id the document's path, `#` and the chunk's number in the document, from 1
/// @param section the headings above it, joined
/// @param language by which its words are compared, in an index that asks each passage for its own; else empty
public record Chunk(
        String id,
        String document,
        String title,
        String section,
        String text,
        Readers readers,
        Pages pages,
        Optional<Analysis> language) {
    /// Whose words are compared as those of all others.
    public Chunk(
            String id,
            String document,
            String title,
            String section,
            String text,
            Readers readers,
            Pages pages) {
        this(id, document, title, section, text, readers, pages, Optional.empty());
    }

    Chunk in(Analysis own) {
        return new Chunk(id, document, title, section, text, readers, pages, Optional.of(own));
    }

    public Chunk readableBy(Readers others) {
        return new Chunk(id, document, title, section, text, others, pages, language);
    }

    /// What is embedded and searched: a passage seldom repeats what its document and section are about.
    public String indexed() {
        var heading = section;
        if (section.isEmpty()) {
            heading = title;
        } else if (!section.equals(title) && !section.startsWith(title + Section.JOINT)) {
            heading = title + Section.JOINT + section;
        }
        return heading + "\n" + text;
    }
}
