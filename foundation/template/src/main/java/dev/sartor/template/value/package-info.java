/// Python's values as templates meet them, with the provenance of each character. Nothing here reads a template.
@Door
@NullMarked
package dev.sartor.template.value;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
