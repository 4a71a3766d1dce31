/// Trainings as `compare` asks for them: rows read, tokens made, the objective chosen, the result written. The loop
/// itself is in the room `tune`.
@NullMarked
package dev.sartor.training;

import org.jspecify.annotations.NullMarked;
