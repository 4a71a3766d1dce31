/// How well a search finds what was judged relevant, as trec_eval computes it.
@Door
@NullMarked
package dev.sartor.evaluate.retrieval;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
