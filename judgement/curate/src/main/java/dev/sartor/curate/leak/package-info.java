/// Test rows that also stand in another set, as they are, nearly, or within a longer row.
@NullMarked
package dev.sartor.curate.leak;

import org.jspecify.annotations.NullMarked;
