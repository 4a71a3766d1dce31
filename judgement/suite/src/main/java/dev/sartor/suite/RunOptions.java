package dev.sartor.suite;

import dev.sartor.core.Problems;
import java.util.Optional;

/// How tasks are run.
///
/// @param limit items of a task, of mmlu of each subject, as lm-eval's `--limit`; empty for all
/// @param fewShot examples before an item; empty for what the task's file says. A task whose prompt has its own keeps them
/// @param batch items that are computed side by side, 1 to 64; the figures are the same whatever it is, but for rounding
public record RunOptions(Optional<Integer> limit, Optional<Integer> fewShot, int batch) {
    private static final int MOST_SIDE_BY_SIDE = 64;

    public RunOptions {
        Problems.refuseUnless(
                limit.orElse(1) >= 1,
                "--limit",
                "at least 1",
                limit.orElse(1),
                "100 gives a first look");
        Problems.refuseUnless(
                fewShot.orElse(0) >= 0,
                "--few-shot",
                "at least 0",
                fewShot.orElse(0),
                "5 is usual for mmlu and gsm8k");
        Problems.refuseUnless(
                batch >= 1 && batch <= MOST_SIDE_BY_SIDE,
                "--batch",
                "1 to " + MOST_SIDE_BY_SIDE,
                batch,
                "16 is usual");
    }
}
