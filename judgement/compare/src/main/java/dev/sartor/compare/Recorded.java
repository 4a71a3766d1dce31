package dev.sartor.compare;

import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.run.Run;
import dev.sartor.core.SartorException;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Something that was made and can be made again: a run, or what was trained without being tested.
///
/// @param id of the run, or of what was trained
/// @param place where it lies
/// @param folder the project's
/// @param run empty for what was trained alone
public record Recorded(String id, Path place, Provenance madeOf, Path folder, Optional<Run> run) {
    /// @param folder the project's
    /// @param name a run, as {@link Runs#find} takes it; a task for every run of its newest comparison; or a training or the
    ///     folder's name of what was trained, for its newest result
    public static List<Recorded> find(Path folder, String name) {
        var runs = Runs.of(folder);
        var compared = runs.compared(name);
        if (!compared.isEmpty()) {
            // A cascade is what its parts are, which are among them.
            return compared.stream()
                    .filter(run -> run.setup().cascade().isEmpty())
                    .map(run -> of(run, folder, runs))
                    .toList();
        }
        var trained = trained(runs, name);
        return List.of(
                trained.map(place -> of(place, folder))
                        .orElseGet(() -> of(alone(runs.find(name)), folder, runs)));
    }

    private static Run alone(Run run) {
        run.setup()
                .cascade()
                .ifPresent(parts -> {
                    throw SartorException.user(
                            run.id()
                                    + " is a cascade, which is what its parts are: name one of these, "
                                    + parts.first()
                                    + " or "
                                    + parts.second()
                                    + ".");
                });
        return run;
    }

    private static Recorded of(Run run, Path folder, Runs runs) {
        var place = runs.at(run.id()).path();
        return new Recorded(run.id(), place, read(run.id(), place), folder, Optional.of(run));
    }

    private static Recorded of(Path place, Path folder) {
        var id = String.valueOf(place.getFileName());
        return new Recorded(id, place, read(id, place), folder, Optional.empty());
    }

    static Provenance read(String id, Path place) {
        return Provenance.read(place)
                .orElseThrow(() ->
                        SartorException.user(
                                id
                                        + " does not say all that it was made of (there is no "
                                        + Provenance.FILE
                                        + " in its folder), as an earlier version of Sartor made it: remove it and make"
                                        + " it anew with `sartor compare` or `sartor tune`; what that makes can be"
                                        + " repeated."));
    }

    /// Its folder's name, or the newest folder of a name.
    private static Optional<Path> trained(Runs runs, String name) {
        return runs.trained().stream()
                .filter(each -> isNamed(String.valueOf(each.getFileName()), name))
                .max(Comparator.comparingLong(Recorded::finished));
    }

    /// A folder is named by its task or training, and a digest of 8 digits.
    private static boolean isNamed(String folder, String name) {
        return folder.equals(name)
                || (folder.startsWith(name + "-") && folder.length() == name.length() + 9);
    }

    private static long finished(Path folder) {
        return folder.resolve(Adapters.TRAINING).toFile().lastModified();
    }

    /// The project of this alone, as it was.
    ///
    /// @throws SartorException a user's error where a file or folder that it needs is gone
    public Project project() {
        refuseWhatIsGone();
        return ProjectFile.recorded(
                madeOf.settings(), folder, place.resolve(Provenance.FILE).toString());
    }

    private void refuseWhatIsGone() {
        var gone =
                madeOf.files().stream()
                        .filter(file -> !Files.isReadable(folder.resolve(file.path())))
                        .map(file ->
                                String.format(
                                        Locale.ROOT,
                                        "%s (%s) is gone: its SHA-256 was %s. Put it back.",
                                        file.path(),
                                        file.role(),
                                        file.sha256()))
                        .toList();
        if (!gone.isEmpty()) {
            throw SartorException.user(
                    id + " cannot be made again:\n  " + String.join("\n  ", gone));
        }
    }
}
