/// Prompts as immutable versions, named by what they say.
@Door
@NullMarked
package dev.sartor.prompt.version;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
