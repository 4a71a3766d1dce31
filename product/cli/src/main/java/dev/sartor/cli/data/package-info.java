/// Rows at the command line: looked at, cleaned, split, labelled.
@NullMarked
package dev.sartor.cli.data;

import org.jspecify.annotations.NullMarked;
