/// Chunks of documents, their index, search, and answers with sources.
@NullMarked
package dev.sartor.retrieve;

import org.jspecify.annotations.NullMarked;
