/// Fine-tuning: batches, loss, optimiser, schedule, checkpoints.
@NullMarked
package dev.sartor.tune;

import org.jspecify.annotations.NullMarked;
