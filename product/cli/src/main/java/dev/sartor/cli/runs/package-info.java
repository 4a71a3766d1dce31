/// The commands under `sartor runs`.
@NullMarked
package dev.sartor.cli.runs;

import org.jspecify.annotations.NullMarked;
