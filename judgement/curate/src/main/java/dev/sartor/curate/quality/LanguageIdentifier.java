package dev.sartor.curate.quality;

import java.util.Optional;

/// Tells the language of a text: a port, as whoever knows languages stands in another room. Safe for concurrent callers.
@FunctionalInterface
public interface LanguageIdentifier {
    /// A code such as `en` or a name such as `english`; empty where it is not sure, as for a text of names and figures.
    Optional<String> language(String text);
}
