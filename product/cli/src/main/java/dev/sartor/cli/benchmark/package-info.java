/// Public benchmarks on the command line: one model's figures, and several models side by side.
@NullMarked
package dev.sartor.cli.benchmark;

import org.jspecify.annotations.NullMarked;
