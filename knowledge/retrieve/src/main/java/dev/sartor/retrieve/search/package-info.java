/// From a question to ranked passages over one commit: BM25, vectors, fusion, diversity, reranking, and how passages
/// lie in Lucene.
@Door
@NullMarked
package dev.sartor.retrieve.search;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
