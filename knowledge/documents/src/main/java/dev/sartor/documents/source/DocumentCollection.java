package dev.sartor.documents.source;

import dev.sartor.core.work.Progress;
import dev.sartor.documents.Metadata;

/// Where documents come from.
public sealed interface DocumentCollection permits DocumentFolder, Documents {
    /// Changes whenever reading would give something else. Cheaper than reading.
    String digest();

    Documents read(Progress progress);

    /// What is known of a document besides its text, by its path.
    default Metadata metadata(String path) {
        return Metadata.none();
    }
}
