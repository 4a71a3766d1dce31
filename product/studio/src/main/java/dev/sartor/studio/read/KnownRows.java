package dev.sartor.studio.read;

import dev.sartor.project.setting.TaskSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// Rows that were looked at lately, read again when a file has changed or the task is another. Thread-safe.
final class KnownRows {
    private static final int MOST_KEPT = 4;

    private final Map<Key, TaskRows> kept = StudioProjects.bounded(MOST_KEPT);

    private record Key(TaskSettings task, List<Stamp> stamps) {}

    TaskRows of(TaskSettings task) {
        var stamps = files(task).map(Stamp::of).toList();
        synchronized (kept) {
            return kept.computeIfAbsent(new Key(task, stamps), _ -> TaskRows.read(task));
        }
    }

    private static Stream<Path> files(TaskSettings task) {
        return Stream.of(task.train().stream(), task.validation().stream(), Stream.of(task.test()))
                .flatMap(each -> each);
    }
}
