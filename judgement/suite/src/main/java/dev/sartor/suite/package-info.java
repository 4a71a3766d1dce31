/// Public benchmarks, measured as lm-evaluation-harness measures them: a run over tasks, and what came of it. A user's own tasks
/// are the room `compare`'s.
@NullMarked
package dev.sartor.suite;

import org.jspecify.annotations.NullMarked;
