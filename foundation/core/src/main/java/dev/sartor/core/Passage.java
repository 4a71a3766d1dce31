package dev.sartor.core;

/// A retrieved piece of a document.
///
/// @param document the document's path below the documents folder
/// @param section the headings above the passage, outermost first, joined by ` › `; empty at the top
/// @param score higher is better; comparable within one search only
/// @param language in whose way the index compares its words, such as `german`, or `any`; empty where all are compared alike
public record Passage(
        String id,
        String document,
        String section,
        String text,
        double score,
        Readers readers,
        Pages pages,
        String language) {
    /// Of an index that compares the words of all passages alike.
    public Passage(
            String id,
            String document,
            String section,
            String text,
            double score,
            Readers readers,
            Pages pages) {
        this(id, document, section, text, score, readers, pages, "");
    }

    /// Of a document without pages.
    public Passage(
            String id,
            String document,
            String section,
            String text,
            double score,
            Readers readers) {
        this(id, document, section, text, score, readers, Pages.none());
    }

    public Passage withText(String other) {
        return new Passage(id, document, section, other, score, readers, pages, language);
    }

    /// Where it stands, for people: `handbook.pdf, p. 3 › Warranty`.
    public String place() {
        var page = pages.isKnown() ? ", " + pages : "";
        return document + page + (section.isEmpty() ? "" : " › " + section);
    }
}
