/// What pages are made of, read from projects and kept in memory within bounds. The command that prints the same tables enters here.
@Door
@NullMarked
package dev.sartor.studio.read;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
