package dev.sartor.cli.console;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.List;

/// A program that works until it is asked to stop, and, with `deaf`, longer.
final class LongWork {
    private LongWork() {}

    public static void main(String[] args) throws InterruptedException {
        var surroundings = new Surroundings(0, false, false, Path.of(args[0]));
        var console =
                new Console(System.in, System.out, System.err, surroundings, System::nanoTime);
        var deaf = List.of(args).contains("deaf");
        try (var interrupts = Interrupts.listen(console)) {
            console.print("working");
            while (deaf || !interrupts.cancellation().isAsked()) {
                Thread.sleep(10);
            }
        }
        var log = new DefectLog(surroundings.cache(), java.time.Clock.systemUTC());
        var failures = new Failures(console, log, List.of("tune", "route"));
        System.exit(failures.report(SartorException.stopped("Stopped at step 7.")));
    }
}
