/// Rows of one set that say the same: equal texts, texts with a few edits, vectors with nearly one direction. The earliest
/// stays.
@NullMarked
package dev.sartor.curate.duplicate;

import org.jspecify.annotations.NullMarked;
