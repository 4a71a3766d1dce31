package dev.sartor.retrieve.search;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What one commit of a standing index keeps of its documents, in a folder or in a database.
public interface StoredDocuments {
    /// All documents' states by their paths.
    Map<String, DocumentState> states() throws IOException;

    /// One document's; empty where there is none.
    Optional<DocumentState> state(String path) throws IOException;

    /// A document's passages in their order.
    List<StoredPassages.Embedded> of(String path) throws IOException;
}
