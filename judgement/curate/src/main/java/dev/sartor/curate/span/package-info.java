/// Spans of texts, and which of them stays where two overlap.
@NullMarked
package dev.sartor.curate.span;

import org.jspecify.annotations.NullMarked;
