/// Standing indexes in PostgreSQL with pgvector: documents, passages, vectors, words and access rules in the database of
/// those whose documents must stay there. Found by its address alone.
@NullMarked
package dev.sartor.postgres;

import org.jspecify.annotations.NullMarked;
