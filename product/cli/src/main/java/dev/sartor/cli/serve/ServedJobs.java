package dev.sartor.cli.serve;

import dev.sartor.jobs.Jobs;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import java.util.Optional;

/// What a server does for callers beside answering; nothing where no folder was named for it.
record ServedJobs(Optional<Jobs> jobs) implements AutoCloseable {
    ServerSettings in(ServerSettings settings) {
        return jobs.map(each -> settings.withPorts(settings.ports().withJobs(each)))
                .orElse(settings);
    }

    /// With what the jobs have trained.
    ServedModels in(ServedModels models) {
        return jobs.map(each ->
                        new ServedModels(
                                models.chats(), models.embedders(), each.before(models.changing())))
                .orElse(models);
    }

    @Override
    public void close() {
        jobs.ifPresent(Jobs::close);
    }
}
