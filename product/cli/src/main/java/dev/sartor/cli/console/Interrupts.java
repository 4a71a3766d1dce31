package dev.sartor.cli.console;

import dev.sartor.core.SartorException.Kind;
import dev.sartor.core.work.Cancellation;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/// Turns Ctrl-C (and a polite `kill`) into a wish to stop that the work sees at its next safe point. A second one ends the
/// process with its clean-up, a third one at once. Where the process was started with these signals ignored, as by
/// `nohup`, they stay ignored.
public final class Interrupts implements AutoCloseable {
    private final Console console;
    private final Cancellation cancellation = new Cancellation();
    private final AtomicInteger seen = new AtomicInteger();
    private final Map<String, Object> before = new HashMap<>();

    private Interrupts(Console console) {
        this.console = console;
    }

    public static Interrupts listen(Console console) {
        var listening = new Interrupts(console);
        for (var signal : new String[] {"INT", "TERM"}) {
            var previous = Signals.register(signal, listening::interrupted);
            if (previous != null) {
                listening.before.put(signal, previous);
            }
        }
        return listening;
    }

    public Cancellation cancellation() {
        return cancellation;
    }

    private void interrupted() {
        switch (seen.incrementAndGet()) {
            case 1 -> {
                cancellation.ask();
                console.say("Stopping at the next safe point… Ctrl-C again ends at once.");
            }
            case 2 ->
                    System.exit(Kind.STOPPED.exitCode()); // on a thread of the JVM for this signal
            default -> Runtime.getRuntime().halt(Kind.STOPPED.exitCode());
        }
    }

    /// From here on the signals do what they did before.
    @Override
    public void close() {
        before.forEach(Signals::unregister);
    }
}
