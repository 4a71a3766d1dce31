/// What a person would open a notebook for: shapes, lengths, labels, duplicates, unusual rows and a map of the texts, as values and as one
/// HTML page. Nothing here changes rows.
@Door
@NullMarked
package dev.sartor.curate.look;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
