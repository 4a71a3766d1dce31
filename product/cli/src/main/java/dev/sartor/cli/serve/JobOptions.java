package dev.sartor.cli.serve;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.jobs.CommandTrainer;
import dev.sartor.jobs.FileLimits;
import dev.sartor.jobs.Jobs;
import dev.sartor.serve.ServedModel;
import dev.sartor.state.State;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import picocli.CommandLine.Option;

/// Files that callers upload, and what is done with them.
final class JobOptions {
    private static final String MAIN = "dev.sartor.cli.Main";

    /// What `tune` takes where nothing is said of it.
    private static final int JOBS_RANK = 16;

    /// As the launcher starts `tune`; what a server is started with would slow it down.
    private static final List<String> TRAINING = List.of("-XX:+UseSerialGC", "-Xmn64m");

    @Option(
            names = "--files",
            paramLabel = "FOLDER",
            description =
                    "Take callers' files, fine-tuning jobs and batches, and keep them in this folder (with --state and"
                            + " --model).")
    Optional<Path> folder = Optional.empty();

    /// @throws SartorException a user's error where it lacks what it needs
    void check(Optional<String> state, BaseModelOptions base) {
        if (folder.isPresent() && (state.isEmpty() || base.model.isEmpty())) {
            throw SartorException.user(
                    "--files needs --state, which keeps what becomes of the jobs, and --model, which they tune: name"
                            + " both, or leave it out.");
        }
        base.rank
                .filter(_ -> folder.isPresent())
                .ifPresent(rank ->
                        Problems.refuseUnless(
                                rank >= JOBS_RANK,
                                "--adapter-rank",
                                "at least " + JOBS_RANK + " beside --files",
                                rank,
                                "fine-tuning jobs make adapters of that rank"));
    }

    /// Begins the work that was left, too.
    Optional<Jobs> open(
            Optional<String> state,
            BaseModelOptions base,
            Optional<Function<Path, ServedModel>> adapted) {
        return folder.map(path -> {
            var model = base.model.orElseThrow();
            var tunable =
                    new Jobs.Tunable(
                            ModelWithAdapters.name(model),
                            Files.exists(Path.of(model))
                                    ? Path.of(model).toAbsolutePath().toString()
                                    : model,
                            base.use.use.name().toLowerCase(Locale.ROOT),
                            new CommandTrainer(command()),
                            adapted.orElseThrow());
            return Jobs.open(
                    path,
                    State.open(state.orElseThrow()),
                    tunable,
                    FileLimits.usual(),
                    Clock.systemUTC(),
                    new SecureRandom());
        });
    }

    /// This program once more.
    private static List<String> command() {
        var words = new ArrayList<String>();
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(each -> !each.startsWith("-XX:") && !each.matches("-Xm[sn].*"))
                .filter(each -> !each.startsWith("-Dsartor.interactive"))
                .forEach(words::add);
        words.addAll(TRAINING);
        words.addAll(List.of("-cp", System.getProperty("java.class.path"), MAIN));
        return words;
    }
}
