/// Runs made, repeated and compared: the one place that knows the order of work from a project to its verdict.
@NullMarked
package dev.sartor.compare;

import org.jspecify.annotations.NullMarked;
