/// Metrics of tasks, and candidates compared on the same examples. Metrics that a training needs are in `core.measure`.
@NullMarked
package dev.sartor.evaluate;

import org.jspecify.annotations.NullMarked;
