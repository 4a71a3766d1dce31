/// Examples, preferences and texts as rooms above learn and are measured from: which columns mean what, leaks, repeats.
/// Documents are in the room `documents`.
@NullMarked
package dev.sartor.data;

import org.jspecify.annotations.NullMarked;
