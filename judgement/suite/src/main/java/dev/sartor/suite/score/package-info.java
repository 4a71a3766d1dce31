/// What a model makes of items: texts as tokens, cut where the model's context ends, log-likelihoods and answers, and figures
/// over all items with their standard errors.
@NullMarked
package dev.sartor.suite.score;

import org.jspecify.annotations.NullMarked;
