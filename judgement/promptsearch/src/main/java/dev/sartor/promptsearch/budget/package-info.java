/// What a search for a prompt may spend, and what it has spent. Nothing here asks a model.
@Door
@NullMarked
package dev.sartor.promptsearch.budget;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
