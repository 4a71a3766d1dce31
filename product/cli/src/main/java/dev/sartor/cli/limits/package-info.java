/// How much callers may use, at the command line. What a request may take is decided in the room `state`.
@NullMarked
package dev.sartor.cli.limits;

import org.jspecify.annotations.NullMarked;
