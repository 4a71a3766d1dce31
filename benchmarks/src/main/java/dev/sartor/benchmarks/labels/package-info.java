/// Wrong labels, the rows to label next and learning curves, measured where the right labels are known: vectors of texts come from
/// files, so that others may be measured on the same ones.
@NullMarked
package dev.sartor.benchmarks.labels;

import org.jspecify.annotations.NullMarked;
