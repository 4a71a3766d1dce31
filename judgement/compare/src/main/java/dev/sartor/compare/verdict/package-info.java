/// What follows from stored answers: figures, costs, pairings, the verdict. Pure functions; nothing here runs a model.
@Door
@NullMarked
package dev.sartor.compare.verdict;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
