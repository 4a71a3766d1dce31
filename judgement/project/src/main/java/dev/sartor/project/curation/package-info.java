/// The section `curate` of the project file: which steps clean rows, and how each of them is set.
@Door
@NullMarked
package dev.sartor.project.curation;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
