package dev.sartor.retrieve.index;

import dev.sartor.retrieve.search.SearchablePassages;
import dev.sartor.retrieve.search.StoredDocuments;
import java.io.IOException;

/// One commit of a standing index, wherever it is kept. It holds as long as it is used.
public interface HeldCommit {
    int generation();

    /// What the generation was made with.
    IndexedWith with();

    int passages() throws IOException;

    /// Of the vectors; 0 where there are none.
    int dimension() throws IOException;

    /// On disk.
    long bytes() throws IOException;

    StoredDocuments stored();

    SearchablePassages searchable();
}
