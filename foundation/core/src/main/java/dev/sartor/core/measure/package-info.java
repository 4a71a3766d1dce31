/// What a training measures itself by and evaluation reports: a mean loss with its interval, the forgetting probe, a
/// ranking. Metrics of tasks are in the room `evaluate`.
@Door
@NullMarked
package dev.sartor.core.measure;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
