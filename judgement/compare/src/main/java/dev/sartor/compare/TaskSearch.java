package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.report.Report;
import dev.sartor.compare.verdict.SearchOutcome;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.PrivateFiles;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.work.Progress;
import dev.sartor.project.setting.SearchSettings;
import dev.sartor.project.setting.Wire;
import dev.sartor.tune.trainer.SettingsSearch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Searches for the settings of a task's training, as its section `search` says. What was trained with the best of them is
/// the task's adapter then, as if they had stood in the project file.
final class TaskSearch {
    private static final String PAGE = "search.html";

    private final Adapters adapters;
    private final Circumstances circumstances;
    private final Planned planned;
    private final Map<String, String> digests;
    private final SearchSettings settings;
    private final Path folder;

    /// One training of this process has told of its data; the others would tell the same.
    private boolean hasSpoken;

    /// @param planned the task's training, with a section `search`
    TaskSearch(
            Adapters adapters,
            Circumstances circumstances,
            Planned planned,
            Map<String, String> digests) {
        this.adapters = adapters;
        this.circumstances = circumstances;
        this.planned = planned;
        this.digests = digests;
        this.settings = planned.settings().tune().search().orElseThrow();
        this.folder = adapters.searchFolder(planned, digests);
    }

    /// @param planned the training with the best settings
    record Found(Planned planned, SearchOutcome outcome) {}

    /// What the search finds; it is done where it was not, and gone on with where it was stopped.
    Found run() {
        var progress = circumstances.progress();
        var result =
                search().run(
                                folder,
                                this::trained,
                                progress,
                                standing -> Report.writeSearch(outcome(standing), page(folder)));
        var found = found(result).orElseThrow();
        keep(result.best(), adapters.folder(found, digests));
        Report.writeSearch(outcome(result), page(folder));
        var adapter = adapters.of(found, digests);
        Report.writeSearch(outcome(result), page(adapter.folder()));
        return new Found(found, outcome(result));
    }

    /// What is known so far, with nothing done for it.
    SearchOutcome standing() {
        return outcome(
                search().standing(folder)
                        .orElseGet(() ->
                                new SettingsSearch.Result(
                                        settings.halving().rungs(), List.of(), 0)));
    }

    /// The training with the best settings; empty while they are searched for.
    Optional<Planned> found(SettingsSearch.Result result) {
        return result.bestTrial()
                .map(best -> planned.with(planned.settings().tune().with(best.settings())));
    }

    Optional<Planned> found() {
        return search().standing(folder).flatMap(this::found);
    }

    private SettingsSearch search() {
        return settings.search(planned.project().seed());
    }

    private SearchOutcome outcome(SettingsSearch.Result result) {
        return new SearchOutcome(
                planned.settings().name(),
                planned.settings().metricName(),
                folder,
                Wire.value(settings.method()),
                settings.space().dimensions(),
                result);
    }

    private static Path page(Path folder) {
        return folder.resolve(PAGE);
    }

    private SettingsSearch.Measured trained(SettingsSearch.Trial trial, Path place, double share) {
        var tried = planned.with(planned.settings().tune().with(trial.settings()));
        var progress = hasSpoken ? new Quiet(circumstances.progress()) : circumstances.progress();
        hasSpoken = true;
        ReadersFile.write(place, RunMaker.learnedFrom(tried, circumstances.engines()));
        return circumstances
                .engines()
                .tuneTo(
                        share,
                        adapters.request(tried, place),
                        adapters.validation(tried),
                        progress,
                        circumstances.cancellation());
    }

    /// Moves what the best trial made to where the task's adapter is looked for. Where a training with these settings lies
    /// there, it goes on there and ends in the same bytes.
    private void keep(int best, Path adapter) {
        var made = SettingsSearch.folder(folder, best);
        if (!Files.isDirectory(made) || Files.exists(adapter)) {
            return;
        }
        try {
            PrivateFiles.makeFolder(adapter.resolveSibling(".").normalize());
            Files.move(made, adapter);
        } catch (IOException e) {
            throw AtomicFile.failure(adapter, e);
        }
    }

    /// Shows how far the work is and says nothing.
    private record Quiet(Progress loud) implements Progress {
        @Override
        public Step begin(String what, long total, String unit) {
            return loud.begin(what, total, unit);
        }

        @Override
        public void say(String line) {}
    }
}
