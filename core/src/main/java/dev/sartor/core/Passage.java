package dev.sartor.core;

/// A retrieved piece of a document.
///
/// @param document the document's path below the documents folder
/// @param section the headings above the passage, outermost first, joined by ` › `; empty at the top
/// @param score higher is better; comparable within one search only
public record Passage(
        String id, String document, String section, String text, double score, Readers readers) {
    public Passage withText(String other) {
        return new Passage(id, document, section, other, score, readers);
    }
}
