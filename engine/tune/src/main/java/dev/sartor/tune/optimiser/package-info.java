/// What takes the steps of gradient descent.
@NullMarked
package dev.sartor.tune.optimiser;

import org.jspecify.annotations.NullMarked;
