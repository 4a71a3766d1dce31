/// OpenAI's endpoints for files, fine-tuning jobs and batches.
@NullMarked
package dev.sartor.serve.openai.job;

import org.jspecify.annotations.NullMarked;
