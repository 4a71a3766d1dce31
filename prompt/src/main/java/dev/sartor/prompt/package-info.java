/// Prompt templates and the choice of few-shot examples.
@NullMarked
package dev.sartor.prompt;

import org.jspecify.annotations.NullMarked;
