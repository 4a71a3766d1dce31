/// How often races and verdicts are right.
@NullMarked
package dev.sartor.benchmarks.verdict;

import org.jspecify.annotations.NullMarked;
