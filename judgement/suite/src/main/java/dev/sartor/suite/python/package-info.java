/// What Python does to texts, and which numbers its generator draws: a task's prompts, and who is an example, hang on both.
@NullMarked
package dev.sartor.suite.python;

import org.jspecify.annotations.NullMarked;
