package dev.sartor.documents;

import dev.sartor.core.Readers;
import java.util.List;

/// A document as it was read.
///
/// @param path below the documents folder, with `/` between folders; unique
/// @param title the first top heading, else the title that the file itself states, else its name
/// @param hidden what was left out of it as nobody sees it
public record Document(
        String path, String title, List<Section> sections, Readers readers, HiddenText hidden) {
    public Document {
        sections = List.copyOf(sections);
    }

    /// With nothing left out.
    public Document(String path, String title, List<Section> sections, Readers readers) {
        this(path, title, sections, readers, HiddenText.none());
    }

    public Document withHidden(HiddenText more) {
        return new Document(path, title, sections, readers, hidden.plus(more));
    }

    /// A document of one piece of text without headings.
    public static Document of(String path, String title, String text, Readers readers) {
        return new Document(
                path, title, List.of(new Section(List.of(), List.of(text.strip()))), readers);
    }
}
