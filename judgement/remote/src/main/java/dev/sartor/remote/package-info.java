/// Models behind an OpenAI-compatible API as responders. Local models are in the room `generate`.
@NullMarked
package dev.sartor.remote;

import org.jspecify.annotations.NullMarked;
