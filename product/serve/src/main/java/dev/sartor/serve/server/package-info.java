/// The HTTP server over the endpoints.
@Door
@NullMarked
package dev.sartor.serve.server;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
