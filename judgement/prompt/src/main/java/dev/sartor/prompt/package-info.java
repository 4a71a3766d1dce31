/// How a task's question is put to a model: templates, solved examples, the order of passages. Chat templates of models
/// are in the room `template`.
@NullMarked
package dev.sartor.prompt;

import org.jspecify.annotations.NullMarked;
