/// How alike two texts are, and what tells which are worth comparing: folded texts, their runs of characters, edits,
/// vectors. It knows pairs; `duplicate` and `leak` look through sets.
@NullMarked
package dev.sartor.curate.similarity;

import org.jspecify.annotations.NullMarked;
