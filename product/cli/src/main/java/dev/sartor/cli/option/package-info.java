/// What commands share: options, and the parts of the program that they open.
@Door
@NullMarked
package dev.sartor.cli.option;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
