package dev.sartor.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.OS;

/// Sartor in a process of its own, with an environment of its own.
public final class ChildSartor {
    private final Path cache;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> options = new ArrayList<>();
    private String main = Main.class.getName();

    /// @param out what it printed; `err` what it remarked
    public record End(int code, String out, String err) {}

    public ChildSartor(Path cache) {
        this.cache = cache;
    }

    ChildSartor with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /// As if somebody sat at the terminal.
    ChildSartor interactive() {
        options.add("-Dsartor.interactive=true");
        return this;
    }

    /// @param option of the JVM
    public ChildSartor option(String option) {
        options.add(option);
        return this;
    }

    public ChildSartor main(Class<?> type) {
        main = type.getName();
        return this;
    }

    End run(String typed, String... args) throws IOException, InterruptedException {
        var process = start(args);
        try (var in = process.getOutputStream()) {
            in.write(typed.getBytes(StandardCharsets.UTF_8));
        }
        return end(process);
    }

    public Process start(String... args) throws IOException {
        var command = new ArrayList<String>();
        if (OS.LINUX.isCurrentOs()) { // it would ignore Ctrl-C where the tests run in a shell's
            // background
            command.addAll(List.of("env", "--default-signal=INT"));
        }
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(
                List.of(
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Xlog:disable",
                        "-Dsartor.cache=" + cache,
                        "-cp",
                        System.getProperty("java.class.path")));
        command.addAll(options);
        command.add(main);
        command.addAll(List.of(args));
        var builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// Waits for it. What it says must fit into a pipe.
    public static End end(Process process) throws IOException, InterruptedException {
        if (!process.waitFor(2, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("it did not end");
        }
        return new End(
                process.exitValue(),
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8),
                new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8));
    }
}
