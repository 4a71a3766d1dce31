/// Examples answered with a prompt, each once: what was answered is kept, and what is not kept is asked for within the budget. The
/// prompts come from elsewhere.
@NullMarked
package dev.sartor.promptsearch.answer;

import org.jspecify.annotations.NullMarked;
