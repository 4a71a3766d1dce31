package dev.sartor.cli.console;

import dev.sartor.cli.Main;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// A console whose output a test can read, with a clock that the test moves.
public final class Screen {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Surroundings surroundings;
    private final Console console;
    private long nanos;

    private Screen(Surroundings surroundings, String typed) {
        var in = new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8));
        this.surroundings = surroundings;
        this.console = new Console(in, stream(out), stream(err), surroundings, () -> nanos);
    }

    static Screen terminal(int columns) {
        return new Screen(
                new Surroundings(columns, false, false, Path.of("target", "cli-test")), "");
    }

    /// With somebody at the keyboard.
    public static Screen asking(String typed) {
        return new Screen(new Surroundings(0, false, true, Path.of("target", "cli-test")), typed);
    }

    /// With a text that another program sends.
    public static Screen piped(String text) {
        return new Screen(new Surroundings(0, false, false, Path.of("target", "cli-test")), text);
    }

    public static Screen file() {
        return file(Path.of("target", "cli-test"));
    }

    public static Screen file(Path cache) {
        return new Screen(new Surroundings(0, false, false, cache), "");
    }

    /// A terminal that shows colours.
    public static Screen coloured(Path cache) {
        return new Screen(new Surroundings(80, true, false, cache), "");
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    public Console console() {
        return console;
    }

    public int sartor(String... args) {
        return new Main(console, surroundings).run(args);
    }

    void passSeconds(double seconds) {
        nanos += (long) (seconds * 1e9);
    }

    public String results() {
        return out.toString(StandardCharsets.UTF_8);
    }

    public String remarks() {
        return err.toString(StandardCharsets.UTF_8);
    }
}
