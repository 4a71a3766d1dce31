/// Callers' keys at the command line. Which requests they let in is decided in the room `serve`.
@NullMarked
package dev.sartor.cli.keys;

import org.jspecify.annotations.NullMarked;
