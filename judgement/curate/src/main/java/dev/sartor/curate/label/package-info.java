/// Wrong labels: probabilities of rows that were held out, the joint distribution of given and right labels that they tell of
/// (confident learning), and what is found by both. What makes vectors of texts, and what removes rows, is not here.
@Door
@NullMarked
package dev.sartor.curate.label;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
