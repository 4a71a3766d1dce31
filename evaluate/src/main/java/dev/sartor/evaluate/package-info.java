/// Metrics, intervals and paired tests.
@NullMarked
package dev.sartor.evaluate;

import org.jspecify.annotations.NullMarked;
