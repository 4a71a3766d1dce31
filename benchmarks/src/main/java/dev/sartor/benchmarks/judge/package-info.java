/// How well a judge's agreement, and what is measured by it, is known: simulations whose truth is known.
@NullMarked
package dev.sartor.benchmarks.judge;

import org.jspecify.annotations.NullMarked;
