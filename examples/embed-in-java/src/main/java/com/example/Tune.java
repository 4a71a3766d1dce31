package com.example;

import dev.sartor.compare.TaskTuning;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.Hub;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Gate;
import dev.sartor.model.file.WeightCache;
import dev.sartor.project.ProjectFile;
import dev.sartor.training.LocalEngines;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/// Trains an adapter for a task of a project. Arguments: PROJECT, TASK.
final class Tune {
    public static void main(String[] arguments) {
        var folder = Path.of(arguments[0]).toAbsolutePath();
        var project = ProjectFile.read(folder);
        var hub = Hub.open(Caches.standard(), project.use(), Gate.closed());
        try (var engines = new LocalEngines(hub, Progress.silent(), project.weights(), WeightCache.none())) {
            var around =
                    new Circumstances(
                            engines, _ -> Optional.empty(), Progress.silent(), new Cancellation(), Clock.systemUTC(), "embedded");
            var tuned = new TaskTuning(project, folder, around).run(arguments[1]);
            IO.println(tuned.adapter().validation() + " " + tuned.folder());
        }
    }
}
