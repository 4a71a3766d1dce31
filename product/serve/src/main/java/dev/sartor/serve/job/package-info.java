/// Files that callers upload and the jobs over them, as a server asks for them: trainings and batches. They are done in the room
/// `jobs`.
@Door
@NullMarked
package dev.sartor.serve.job;

import dev.sartor.core.Door;
import org.jspecify.annotations.NullMarked;
