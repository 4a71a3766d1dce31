/// What Python does to texts, and which numbers its generator draws: a task's prompts, and who is an example, hang on both.
@Door
@NullMarked
package dev.sartor.suite.python;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
