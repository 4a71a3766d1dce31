package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Engines;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import dev.sartor.project.Project;
import dev.sartor.project.Training;
import dev.sartor.tune.memory.MemoryChoice;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// Makes something that was recorded again, from its recorded settings, in a place of its own, and says whether the result is
/// the same.
public final class Repetition {
    private final Recorded recorded;
    private final Project project;
    private final Circumstances circumstances;
    private final Runs there;

    /// @param project as {@link Recorded#project} says, for which the engines were opened
    public Repetition(Recorded recorded, Project project, Circumstances circumstances) {
        this.recorded = recorded;
        this.project = project;
        this.circumstances = circumstances;
        this.there = Runs.of(recorded.folder()).repeating(recorded.id());
    }

    /// What came of it.
    ///
    /// @param changes what was no longer as it was, a sentence each
    /// @param files of what was trained
    /// @param answers to the test examples; 0 where nothing was tested
    /// @param differing answers that are others than the recorded ones
    /// @param kept where the second result lies; empty where it is the same, as it is removed then
    public record Outcome(
            String id,
            List<String> changes,
            List<FileOutcome> files,
            int answers,
            int differing,
            double seconds,
            Optional<Path> kept) {
        public Outcome {
            changes = List.copyOf(changes);
            files = List.copyOf(files);
        }

        /// Whether every byte of what was trained and every answer is the same.
        public boolean isSame() {
            return differing == 0 && files.stream().allMatch(FileOutcome::isSame);
        }
    }

    /// A file of what was trained.
    ///
    /// @param recorded SHA-256; empty where only the repetition wrote such a file
    /// @param now SHA-256; empty where the repetition wrote none
    public record FileOutcome(String name, Optional<String> recorded, Optional<String> now) {
        public boolean isSame() {
            return recorded.equals(now);
        }
    }

    /// @param anyway whether to go on where something has changed
    /// @throws SartorException a user's error that names every change where it is not to go on
    public Outcome run(boolean anyway) {
        long start = System.nanoTime();
        try (var workbench = new Workbench(project, recorded.folder(), circumstances)) {
            var planned = planned();
            refusePrivate(planned);
            var changes = changes(planned, workbench);
            if (!changes.isEmpty() && !anyway) {
                throw SartorException.user(refusal(changes));
            }
            changes.forEach(circumstances.progress()::say);
            removeFinished();
            return outcome(planned, workbench, changes, start);
        }
    }

    private void refusePrivate(Optional<Planned> planned) {
        boolean isPrivate =
                planned.map(each ->
                                each.name().isTuned()
                                        && each.settings().tune().privacy().isPresent())
                        .orElseGet(() -> training().tune().privacy().isPresent());
        if (isPrivate) {
            throw SartorException.user(
                    recorded.id()
                            + " was trained under differential privacy and cannot be made again in the same bytes: the key"
                            + " that its noise came from was removed, so that nobody can take the noise out. Train it"
                            + " anew with `sartor tune`, which costs epsilon once more.");
        }
    }

    private String refusal(List<String> changes) {
        return "since "
                + recorded.id()
                + " was made, "
                + (changes.size() == 1
                        ? "something has changed"
                        : changes.size() + " things have changed")
                + ":\n  "
                + String.join("\n  ", changes)
                + "\nPut back what you can, or repeat it with what is there now: --anyway.";
    }

    /// The candidate; empty for a training that is no task's.
    private Optional<Planned> planned() {
        return project.trainings().isEmpty()
                ? Optional.of(planned(project, recorded))
                : Optional.empty();
    }

    /// @param project with one task and one approach
    static Planned planned(Project project, Recorded recorded) {
        var settings = project.tasks().getFirst();
        var problems = new Problems();
        var data = TaskExamples.read(settings, problems);
        problems.throwIfAny();
        var all = Planned.of(project, settings, data);
        return recorded.run()
                .flatMap(run ->
                        all.stream()
                                .filter(each -> each.candidate().equals(run.candidate()))
                                .findFirst())
                .orElseGet(all::getFirst);
    }

    private List<String> changes(Optional<Planned> planned, Workbench workbench) {
        var changes = new Changes(recorded);
        var all = new ArrayList<>(changes.files());
        all.addAll(changes.digests(digests(planned, workbench)));
        all.addAll(changes.by(Provenance.By.now(circumstances)));
        return all;
    }

    private Map<String, String> digests(Optional<Planned> planned, Workbench workbench) {
        var engines = circumstances.engines();
        return planned.map(each -> digests(each, workbench, engines))
                .orElseGet(() -> Map.of("model", engines.digest(training().model(project))));
    }

    static Map<String, String> digests(Planned planned, Workbench workbench, Engines engines) {
        var digests = new TreeMap<>(RunMaker.digests(planned, workbench, engines));
        digests.putAll(planned.promptDigests());
        return digests;
    }

    private Training training() {
        return project.trainings().getFirst();
    }

    /// One that was stopped is gone on with; one that was finished is not taken for a new one.
    private void removeFinished() {
        boolean isFinished =
                !there.list().isEmpty() || (recorded.run().isEmpty() && !there.trained().isEmpty());
        if (isFinished) {
            there.removeAll();
        }
    }

    private Outcome outcome(
            Optional<Planned> planned, Workbench workbench, List<String> changes, long start) {
        var answers = recorded.run().map(Runs.of(recorded.folder())::answers).orElse(List.of());
        Map<String, String> files;
        List<StoredAnswer> now = List.of();
        if (planned.isEmpty()) {
            var made = new Trainings(project, recorded.folder(), there, circumstances);
            MemoryChoice.take(recorded.place(), made.folder(training()));
            files = Provenance.digests(made.run(training()).folder());
        } else if (recorded.run().isEmpty()) {
            var adapters = new Adapters(there, workbench, circumstances);
            var digests = RunMaker.digests(planned.get(), workbench, circumstances.engines());
            MemoryChoice.take(recorded.place(), adapters.folder(planned.get(), digests));
            files = Provenance.digests(adapters.of(planned.get(), digests).folder());
        } else {
            var machine = Machine.here(circumstances.engines().gflops());
            takePasses(recorded.run().get(), planned.get(), workbench);
            var made = new RunMaker(there, workbench, circumstances, machine).make(planned.get());
            now = made.answers();
            files = there.adapter(made.run()).map(Provenance::digests).orElse(Map.of());
        }
        var outcome =
                new Outcome(
                        recorded.id(),
                        changes,
                        compared(recorded.madeOf().result(), files),
                        now.size(),
                        differing(answers, now),
                        (System.nanoTime() - start) / 1e9,
                        Optional.of(there.folder()));
        return outcome.isSame() ? removed(outcome) : outcome;
    }

    private void takePasses(Run run, Planned planned, Workbench workbench) {
        var adapters = new Adapters(there, workbench, circumstances);
        var digests = RunMaker.digests(planned, workbench, circumstances.engines());
        Runs.of(recorded.folder())
                .adapter(run)
                .ifPresent(
                        adapter -> MemoryChoice.take(adapter, adapters.folder(planned, digests)));
    }

    private Outcome removed(Outcome same) {
        there.removeAll();
        return new Outcome(
                same.id(),
                same.changes(),
                same.files(),
                same.answers(),
                same.differing(),
                same.seconds(),
                Optional.empty());
    }

    private static List<FileOutcome> compared(Map<String, String> was, Map<String, String> now) {
        var names = new TreeMap<>(was);
        names.putAll(now);
        return names.keySet().stream()
                .map(name ->
                        new FileOutcome(
                                name,
                                Optional.ofNullable(was.get(name)),
                                Optional.ofNullable(now.get(name))))
                .toList();
    }

    /// Test examples that were answered otherwise, or by one side alone.
    private static int differing(List<StoredAnswer> was, List<StoredAnswer> now) {
        int differing = Math.abs(was.size() - now.size());
        for (int i = 0; i < Math.min(was.size(), now.size()); i++) {
            var one = was.get(i);
            var other = now.get(i);
            boolean isSame =
                    one.id().equals(other.id())
                            && one.answer().equals(other.answer())
                            && one.freeText().equals(other.freeText());
            differing += isSame ? 0 : 1;
        }
        return differing;
    }
}
