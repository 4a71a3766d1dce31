/// Classifiers over vectors of texts: the nearest examples' vote and logistic regression. What embeds the texts, and what
/// measures the answers, is not here.
@NullMarked
package dev.sartor.classify;

import org.jspecify.annotations.NullMarked;
