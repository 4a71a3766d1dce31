package dev.sartor.curate.secret;

import java.util.List;
import java.util.function.Consumer;

/// A rule, or several, that look at a text where one of their keywords stands, and not far from it.
interface Detector {
    /// In small letters; they stand in the text in letters of either size.
    List<String> keywords();

    /// Looks around a keyword.
    ///
    /// @param start the index of the keyword's first char
    /// @param end the index after its last char
    void look(String text, int start, int end, Consumer<SecretFinding> found);
}
