/// The OpenAI-compatible HTTP API over core's ports: chat completions, embeddings, models, health and metrics.
@NullMarked
package dev.sartor.serve;

import org.jspecify.annotations.NullMarked;
