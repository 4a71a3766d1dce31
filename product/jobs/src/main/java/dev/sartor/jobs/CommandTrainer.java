package dev.sartor.jobs;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// Trains by the ordinary command, `sartor tune`, as a process of its own with a lower priority: it yields to what is served, and
/// its memory is free when it ends. Keys of the server are not told to it.
public final class CommandTrainer implements Trainer {
    private static final String PROCESS = "process.json";
    private static final int SHOWN = 20;
    private static final int LONGEST_LINE = 2000;
    private static final int LONGEST_RESULT = 1 << 20;
    private static final int END_SECONDS = 30;
    private static final Set<String> SECRETS = Set.of("SARTOR_API_KEY", "PGPASSWORD");

    private final List<String> command;

    /// @param command starts Sartor; `tune NAME --project FOLDER --json` is put behind it
    public CommandTrainer(List<String> command) {
        this.command = List.copyOf(command);
    }

    @Override
    public Run start(Path project) {
        endOrphan(project);
        var words = new ArrayList<String>();
        if (Files.isExecutable(Path.of("/usr/bin/nice"))) {
            words.addAll(List.of("/usr/bin/nice", "-n", "10"));
        }
        words.addAll(command);
        words.addAll(
                List.of("tune", TrainingProject.NAME, "--project", project.toString(), "--json"));
        var builder = new ProcessBuilder(words);
        SECRETS.forEach(builder.environment()::remove);
        try {
            var process = builder.start();
            process.getOutputStream().close();
            note(project, process.toHandle());
            return new Child(process);
        } catch (IOException e) {
            throw SartorException.missing("cannot start a training: " + e.getMessage(), e);
        }
    }

    private static void note(Path project, ProcessHandle process) {
        AtomicFile.write(
                project.resolve(PROCESS),
                Json.line(Map.of("pid", process.pid(), "started", started(process))));
    }

    private static String started(ProcessHandle process) {
        return process.info().startInstant().map(Object::toString).orElse("");
    }

    /// A server that was killed leaves its training behind.
    private static void endOrphan(Path project) {
        var file = project.resolve(PROCESS);
        if (!Files.isRegularFile(file)) {
            return;
        }
        var noted = Json.read(file);
        ProcessHandle.of(noted.path("pid").asLong(-1))
                .filter(process -> !started(process).isEmpty())
                .filter(process -> started(process).equals(noted.path("started").asString("")))
                .ifPresent(CommandTrainer::end);
    }

    private static void end(ProcessHandle process) {
        process.destroy();
        try {
            process.onExit().get(END_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.stopped("interrupted while an earlier training ended");
        } catch (java.util.concurrent.ExecutionException
                | java.util.concurrent.TimeoutException e) {
            process.destroyForcibly();
            process.onExit().join();
        }
    }

    /// One process, whose outputs are read as they come.
    private static final class Child implements Run {
        private final Process process;
        private final Deque<String> said = new ArrayDeque<>();
        private final StringBuilder result = new StringBuilder();
        private final List<Thread> readers;

        Child(Process process) {
            this.process = process;
            this.readers =
                    List.of(
                            Thread.ofVirtual()
                                    .start(() -> read(process.getErrorStream(), this::say)),
                            Thread.ofVirtual()
                                    .start(() -> read(process.getInputStream(), this::print)));
        }

        private static void read(InputStream stream, Consumer<String> to) {
            try (var lines =
                    new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                for (var line = lines.readLine(); line != null; line = lines.readLine()) {
                    to.accept(line);
                }
            } catch (IOException e) {
                to.accept("(the output broke: " + e.getMessage() + ")");
            }
        }

        private void say(String line) {
            synchronized (said) {
                said.add(line.substring(0, Math.min(LONGEST_LINE, line.length())));
                if (said.size() > SHOWN) {
                    said.removeFirst();
                }
            }
        }

        private void print(String line) {
            synchronized (result) {
                if (result.length() < LONGEST_RESULT) {
                    result.append(line).append('\n');
                }
            }
        }

        @Override
        public Optional<Ended> endedWithin(Duration time) {
            try {
                if (!process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
                    return Optional.empty();
                }
                for (var reader : readers) {
                    reader.join();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw SartorException.stopped("interrupted while a training ran");
            }
            synchronized (said) {
                synchronized (result) {
                    return Optional.of(
                            new Ended(
                                    process.exitValue(),
                                    result.toString(),
                                    String.join("\n", said)));
                }
            }
        }

        @Override
        public void stop() {
            end(process.toHandle());
        }
    }
}
