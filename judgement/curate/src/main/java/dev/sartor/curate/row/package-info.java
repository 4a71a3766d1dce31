/// The rows that are curated: read from files of any format, kept beside the result for random access by number, and written again. What
/// is done with them is in `step`.
@NullMarked
package dev.sartor.curate.row;

import org.jspecify.annotations.NullMarked;
