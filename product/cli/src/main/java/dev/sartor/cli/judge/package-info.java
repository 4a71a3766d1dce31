/// The commands under `sartor judge`.
@NullMarked
package dev.sartor.cli.judge;

import org.jspecify.annotations.NullMarked;
