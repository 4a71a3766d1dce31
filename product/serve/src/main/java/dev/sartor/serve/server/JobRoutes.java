package dev.sartor.serve.server;

import static dev.sartor.serve.server.Routes.guarded;
import static dev.sartor.serve.server.Routes.needing;

import dev.sartor.serve.Limits;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.http.Gate;
import dev.sartor.serve.job.JobPorts;
import dev.sartor.serve.openai.job.BatchesEndpoint;
import dev.sartor.serve.openai.job.FilesEndpoint;
import dev.sartor.serve.openai.job.FineTuningEndpoint;
import io.javalin.config.RoutesConfig;

/// The paths of files and of jobs over them.
final class JobRoutes {
    /// As a message lists them.
    static final String PATHS = "/v1/files, /v1/fine_tuning/jobs, /v1/batches";

    private static final String FILES = "/v1/files";
    private static final String JOBS = "/v1/fine_tuning/jobs";
    private static final String BATCHES = "/v1/batches";
    private static final String ONE = "/{id}";

    private final FilesEndpoint files;
    private final FineTuningEndpoint tunings;
    private final BatchesEndpoint batches;

    JobRoutes(JobPorts jobs, Gate gate, ServedModels models, Limits limits) {
        this.files = new FilesEndpoint(jobs.files());
        this.tunings = new FineTuningEndpoint(jobs.tunings(), jobs.files(), models, limits);
        this.batches = new BatchesEndpoint(jobs.batches(), jobs.files(), limits, gate);
    }

    void lay(RoutesConfig to) {
        to.post(FILES, guarded(files::upload));
        to.get(FILES, guarded(files::list));
        to.get(FILES + ONE, guarded(files::one));
        to.get(FILES + ONE + "/content", guarded(files::content));
        to.delete(FILES + ONE, guarded(files::delete));
        to.post(JOBS, needing(Scope.TUNE, tunings::create));
        to.get(JOBS, needing(Scope.TUNE, tunings::list));
        to.get(JOBS + ONE, needing(Scope.TUNE, tunings::one));
        to.get(JOBS + ONE + "/events", needing(Scope.TUNE, tunings::events));
        to.get(JOBS + ONE + "/checkpoints", needing(Scope.TUNE, tunings::checkpoints));
        to.post(JOBS + ONE + "/cancel", needing(Scope.TUNE, tunings::cancel));
        to.post(JOBS + ONE + "/pause", needing(Scope.TUNE, tunings::pause));
        to.post(JOBS + ONE + "/resume", needing(Scope.TUNE, tunings::resume));
        to.post(BATCHES, needing(Scope.INFER, batches::create));
        to.get(BATCHES, needing(Scope.INFER, batches::list));
        to.get(BATCHES + ONE, needing(Scope.INFER, batches::one));
        to.post(BATCHES + ONE + "/cancel", needing(Scope.INFER, batches::cancel));
    }
}
