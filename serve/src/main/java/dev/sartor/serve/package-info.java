/// The OpenAI-compatible HTTP API.
@NullMarked
package dev.sartor.serve;

import org.jspecify.annotations.NullMarked;
