package dev.sartor.cli.console;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/// What the user sees. Results go to the standard output and nothing else does, so that `--json` is clean; progress and
/// remarks go to the error output: on a terminal as one live line, else as a line now and then. Safe for concurrent
/// callers.
public final class Console implements Progress {
    private static final long BETWEEN_DRAWINGS = 100_000_000L;
    private static final long BETWEEN_LINES = 20_000_000_000L;
    private static final long WORTH_A_LINE = 1_000_000_000L;
    private static final String ERASE = "\r\u001b[K";

    private final BufferedReader in;
    private final PrintStream out;
    private final PrintStream err;
    private final int columns;
    private final boolean interactive;
    private final LongSupplier nanos;
    private final List<Shown> open = new ArrayList<>();
    private boolean drawn;
    private long shownAt;

    /// @param nanos the time, as {@link System#nanoTime}
    public Console(
            InputStream in,
            PrintStream out,
            PrintStream err,
            Surroundings surroundings,
            LongSupplier nanos) {
        this.in = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
        this.out = out;
        this.err = err;
        this.columns = surroundings.columns();
        this.interactive = surroundings.interactive();
        this.nanos = nanos;
        this.shownAt = nanos.getAsLong();
    }

    /// A result, with a line's end.
    public synchronized void print(String text) {
        printExactly(text + "\n");
    }

    /// A result, to the last character.
    public synchronized void printExactly(String text) {
        erase();
        out.print(text);
        out.flush();
    }

    @Override
    public synchronized void say(String line) {
        erase();
        err.print(line + "\n");
        err.flush();
    }

    /// Asks whoever sits at the terminal, on the error output, and waits for a line.
    ///
    /// @return empty where nobody does, or the input has ended
    public synchronized Optional<String> ask(String question) {
        if (!interactive) {
            return Optional.empty();
        }
        erase();
        err.print(question + " ");
        err.flush();
        try {
            return Optional.ofNullable(in.readLine()).map(String::strip);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /// Whether somebody sits at a terminal and can be asked.
    public boolean isInteractive() {
        return interactive;
    }

    /// All that another program sends, to its end.
    ///
    /// @param most characters
    /// @throws SartorException a user's error where there are more
    public String piped(int most) {
        var text = new StringBuilder();
        var buffer = new char[8192];
        try {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                text.append(buffer, 0, n);
                Problems.refuseUnless(
                        text.length() <= most,
                        "the standard input",
                        "a question of at most " + most + " characters",
                        "more",
                        "send less, or ask in parts");
            }
        } catch (IOException e) {
            throw SartorException.missing("cannot read the standard input: " + e.getMessage(), e);
        }
        return text.toString();
    }

    @Override
    public synchronized Step begin(String what, long total, String unit) {
        var step = new Shown(new Pace(what, total, unit, nanos.getAsLong()));
        open.add(step);
        show(step, true);
        return step;
    }

    public PrintWriter results() {
        return new PrintWriter(out, true, StandardCharsets.UTF_8);
    }

    public PrintWriter remarks() {
        return new PrintWriter(err, true, StandardCharsets.UTF_8);
    }

    public synchronized void flush() {
        erase();
        out.flush();
        err.flush();
    }

    /// @param now whether it is news that must not wait on a terminal
    private void show(Shown step, boolean now) {
        var time = nanos.getAsLong();
        if (columns > 0) {
            if (now || time - shownAt >= BETWEEN_DRAWINGS) {
                draw(step, time);
            }
        } else if (time - Math.max(shownAt, step.pace.begun()) >= BETWEEN_LINES) {
            say(step.pace.describe(time));
            shownAt = time;
        }
    }

    private void draw(Shown step, long time) {
        var text = step.pace.drawn(time);
        var room = columns - 1;
        err.print(ERASE + (text.length() > room ? text.substring(0, room - 1) + "…" : text));
        err.flush();
        drawn = true;
        shownAt = time;
    }

    private void erase() {
        if (drawn) {
            err.print(ERASE);
            err.flush();
            drawn = false;
        }
    }

    private synchronized void advanced(Shown step, long units) {
        step.pace.advance(units, nanos.getAsLong());
        show(step, false);
    }

    private synchronized void noted(Shown step, String text) {
        step.pace.note(text);
        show(step, false);
    }

    private synchronized void closed(Shown step) {
        if (!open.remove(step)) {
            return;
        }
        var time = nanos.getAsLong();
        if (time - step.pace.begun() >= WORTH_A_LINE) {
            say(step.pace.summary(time));
        }
        erase();
        if (!open.isEmpty() && columns > 0) {
            draw(open.getLast(), time);
        }
    }

    private final class Shown implements Step {
        private final Pace pace;

        Shown(Pace pace) {
            this.pace = pace;
        }

        @Override
        public void advance(long units) {
            advanced(this, units);
        }

        @Override
        public void note(String text) {
            noted(this, text);
        }

        @Override
        public void close() {
            closed(this);
        }
    }
}
