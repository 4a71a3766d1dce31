/// The search for a task's prompt on its validation examples, within a budget, and its one look at the test examples. How prompts are kept as
/// versions is in the room `prompt`, how a model answers in `compare`.
@NullMarked
package dev.sartor.promptsearch;

import org.jspecify.annotations.NullMarked;
