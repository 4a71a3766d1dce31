/// How sure a candidate of labels is, and what it makes of that: probabilities, abstaining, a label for what fits none of the others.
@NullMarked
package dev.sartor.compare.confidence;

import org.jspecify.annotations.NullMarked;
