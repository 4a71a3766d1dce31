/// Cuts plain text into sentences, pieces and words, whatever its language; knows nothing of Lucene.
/// Words as a search compares them are in `retrieve.text`.
@NullMarked
package dev.sartor.retrieve.split;

import org.jspecify.annotations.NullMarked;
