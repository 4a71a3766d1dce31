/// OpenAI's endpoints: chat completions, embeddings, models.
@NullMarked
package dev.sartor.serve.openai;

import org.jspecify.annotations.NullMarked;
