/// Which rows to label next, so that a classifier gets better by few labels. What asks people, and what learns in the end, is not
/// here.
@Door
@NullMarked
package dev.sartor.curate.select;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
