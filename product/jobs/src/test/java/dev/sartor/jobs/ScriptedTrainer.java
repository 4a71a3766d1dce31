package dev.sartor.jobs;

import dev.sartor.core.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// A trainer that does what it is told: each training takes the next of its endings, or trains as the command does.
final class ScriptedTrainer implements Trainer {
    final ConcurrentLinkedQueue<Ended> endings = new ConcurrentLinkedQueue<>();
    final CopyOnWriteArrayList<Path> started = new CopyOnWriteArrayList<>();
    final CountDownLatch stopped = new CountDownLatch(1);

    /// Until it is counted down nothing ends by itself.
    volatile CountDownLatch held = new CountDownLatch(0);

    @Override
    public Run start(Path project) {
        started.add(project);
        var ending = Optional.ofNullable(endings.poll()).orElseGet(() -> trained(project));
        var gate = held;
        var stop = new CountDownLatch(1);
        return new Run() {
            @Override
            public Optional<Ended> endedWithin(Duration time) {
                try {
                    if (gate.await(20, TimeUnit.MILLISECONDS)) {
                        return Optional.of(ending);
                    }
                    return stop.getCount() == 0
                            ? Optional.of(new Ended(130, "", "stopped"))
                            : Optional.empty();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }

            @Override
            public void stop() {
                stop.countDown();
                stopped.countDown();
            }
        };
    }

    private static Ended trained(Path project) {
        var adapter = project.resolve("runs/adapters/job-1");
        var log =
                List.of(
                        Map.of("kind", "step", "step", 1, "loss", 2.5),
                        Map.of("kind", "step", "step", 2, "loss", 1.5),
                        Map.of(
                                "kind",
                                "check",
                                "step",
                                2,
                                "epoch",
                                1.0,
                                "loss",
                                2.0,
                                "metric",
                                "token_f1",
                                "validation",
                                0.5));
        try {
            Files.createDirectories(adapter);
            Files.write(adapter.resolve("training.jsonl"), log.stream().map(Json::line).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Ended(
                0, Json.line(Map.of("adapter", adapter.toString(), "kept_epoch", 1.0)), "");
    }
}
