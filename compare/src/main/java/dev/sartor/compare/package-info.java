/// The project file, candidates on one suite, costs, the verdict and its report.
@NullMarked
package dev.sartor.compare;

import org.jspecify.annotations.NullMarked;
