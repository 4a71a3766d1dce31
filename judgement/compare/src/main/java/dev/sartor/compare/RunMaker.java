package dev.sartor.compare;

import dev.sartor.compare.approach.Checks;
import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Engines;
import dev.sartor.compare.approach.ModelReaders;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Provenance;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.builtin.Tuning;
import dev.sartor.compare.run.CheckedAnswer;
import dev.sartor.compare.run.Choice;
import dev.sartor.compare.run.Dropped;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.run.Machine;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.Example;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.tensor.machine.NativeMemory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes one run: prepares a candidate, lets validation choose, tests it once unless it was dropped before, and stores all of
/// it. A finished run is found again by its key.
final class RunMaker {
    private static final Logger LOG = LoggerFactory.getLogger(RunMaker.class);

    private final Runs runs;
    private final Workbench workbench;
    private final Adapters adapters;
    private final Circumstances circumstances;
    private final Machine machine;

    RunMaker(Runs runs, Workbench workbench, Circumstances circumstances, Machine machine) {
        this.runs = runs;
        this.workbench = workbench;
        this.adapters = new Adapters(runs, workbench, circumstances);
        this.circumstances = circumstances;
        this.machine = machine;
    }

    /// Where the system does not allow it, the peak counts from the process's start.
    private static void countPeakAnew() {
        if (!NativeMemory.resetPeak()) {
            LOG.debug("the peak of memory counts from the process's start");
        }
    }

    /// A run and its answers.
    record Made(Run run, List<StoredAnswer> answers) {}

    /// The task's own training, with the model and the settings that a search finds; empty where nothing is tuned, or the
    /// settings are not searched for.
    Optional<Planned> settled(Project project, TaskSettings settings, TaskExamples data) {
        boolean isTuned =
                project.tried(settings).stream()
                        .anyMatch(each -> each.isTuned() && !each.tunesEmbedder());
        if (!isTuned || settings.tune().search().isEmpty()) {
            return Optional.empty();
        }
        var planned =
                new Planned(
                        project, settings, data, ApproachName.of(Tuning.NAME), Optional.empty());
        return Optional.of(
                new ModelSearch(runs, adapters, workbench, circumstances, planned).run().planned());
    }

    boolean isTrained(Planned planned) {
        return adapters.explained(planned, digests(planned)).isTrained();
    }

    /// Whether a candidate of this name was dropped from a race of its task; whether it would be again is not looked at.
    boolean wasDropped(Planned planned) {
        return runs.wasDropped(planned.idBeginning());
    }

    /// What the candidate's training would take, as it is planned.
    double trainingSeconds(Planned planned) {
        var explained = adapters.explained(planned, digests(planned));
        return circumstances
                .engines()
                .plan(explained.request(), explained.validation())
                .training()
                .seconds();
    }

    /// A run that repeats another on a new model: the project's own only once a comparison finds it, unless it is already.
    ///
    /// @param from the other's id
    Made rebased(Planned planned, String from) {
        var folder = runs.at(planned.id(planned.key(digests(planned))));
        if (!folder.isFinished()) {
            folder.markRebased(from);
        }
        return make(planned);
    }

    /// Why the candidate cannot be measured at all; empty where it can, or was.
    Optional<String> leftOut(Planned planned) {
        return planned.notSent()
                .or(() ->
                        planned.approach()
                                .leftOut(
                                        planned,
                                        workbench,
                                        () ->
                                                runs.at(planned.id(planned.key(digests(planned))))
                                                        .isFinished()));
    }

    /// A run, with nobody racing against it.
    Made make(Planned planned) {
        return switch (prepare(planned, Race.none(planned))) {
            case Prepared.Finished finished -> finished.made();
            case Prepared.Ready ready -> test(ready);
            case Prepared.Out _ -> throw SartorException.defect("a race of one was lost");
        };
    }

    /// What stands of a candidate before it meets the test examples.
    sealed interface Prepared {
        /// It met them before.
        record Finished(Planned planned, Made made) implements Prepared {}

        /// It was dropped.
        record Out(Dropped dropped) implements Prepared {}

        /// Validation has chosen for it.
        ///
        /// @param peak of memory while it was trained and answered validation examples, in MiB; empty where neither was done now
        record Ready(
                Planned planned,
                String key,
                Optional<Adapters.Trained> trained,
                Run.Setup setup,
                Optional<Long> peak)
                implements Prepared {}
    }

    /// Trains a candidate and lets validation choose, unless it is dropped from the race on the way. Whoever is not dropped enters
    /// it.
    Prepared prepare(Planned planned, Race race) {
        var digests = digests(planned);
        var key = planned.key(digests);
        var folder = runs.at(planned.id(key));
        if (folder.isFinished() && folder.readRun().key().equals(key)) {
            race.enter(planned.candidate(), key, folder.readValidation());
            return new Prepared.Finished(planned, new Made(folder.readRun(), folder.readAnswers()));
        }
        var before =
                folder.readDropped()
                        .filter(each -> each.key().equals(key))
                        .filter(each -> race.hasEntered(each.againstKey()));
        if (before.isPresent()) {
            return new Prepared.Out(before.get());
        }
        countPeakAnew();
        var trained =
                planned.name().isTuned()
                        ? Optional.of(adapters.of(planned, digests))
                        : Optional.<Adapters.Trained>empty();
        boolean isNew = folder.readSetup().isEmpty();
        if (isNew) {
            var lost =
                    new CandidateSetup(workbench, circumstances)
                            .run(new CandidateSetup.Of(planned, key, trained, folder), race);
            if (lost.isPresent()) {
                folder.drop(lost.get());
                return new Prepared.Out(lost.get());
            }
        }
        var validation = folder.readValidation();
        race.enter(planned.candidate(), key, validation);
        boolean hasWorked = isNew && (trained.isPresent() || !validation.isEmpty());
        return new Prepared.Ready(
                planned,
                key,
                trained,
                folder.readSetup().orElseThrow(),
                hasWorked ? Run.known(NativeMemory.peakMib()) : Optional.empty());
    }

    /// A finalist's one pass over the test examples.
    Made test(Prepared.Ready ready) {
        var planned = ready.planned();
        var setup = ready.setup();
        var folder = runs.at(planned.id(ready.key()));
        var digests = digests(planned);
        countPeakAnew();
        var adapter = ready.trained().map(Adapters.Trained::folder);
        try (var model = workbench.model(planned, adapter)) {
            var candidate = workbench.around(planned, model, Choice.of(setup));
            var answers =
                    new TestPass(planned, setup, folder, circumstances)
                            .run(candidate, planned.candidate());
            var readers =
                    ready.trained()
                            .map(Adapters.Trained::readers)
                            .orElse(Readers.everyone())
                            .and(readers(planned, setup));
            var run =
                    new Run(
                            planned.id(ready.key()),
                            ready.key(),
                            planned.recipe(),
                            planned.remote().map(Remote::name),
                            ready.trained().map(each -> Runs.adapterName(each.id())),
                            all(digests, planned),
                            setup,
                            ready.peak().or(() -> Run.known(NativeMemory.peakMib())),
                            machine,
                            circumstances.version(),
                            circumstances.clock().instant(),
                            readers.clauses(),
                            answersReaders(planned, readers, answers, folder.readValidation())
                                    .clauses());
            var madeOf =
                    Provenance.of(
                            planned, digests, adapter, readers, workbench.folder(), circumstances);
            folder.finish(run, answers, madeOf.counted(circumstances.engines()));
            return new Made(run, answers);
        }
    }

    /// A candidate leaves the race after all others have entered it.
    void drop(Prepared.Ready ready, Dropped dropped) {
        runs.at(ready.planned().id(ready.key())).drop(dropped);
    }

    /// What a check of the run's answers finds.
    List<CheckedAnswer> checked(Planned planned, Made made, Checks checks) {
        return checks.of(planned, made.run(), made.answers(), runs.at(made.run().id()).path());
    }

    /// What a judge says of the run's answers.
    Judged judged(Made made, ProjectJudge judge) {
        return judge.judged(
                made.answers(), made.run().maySeeAnswers(), runs.at(made.run().id()).path());
    }

    /// The project's own from now on, whoever made it.
    void adopt(Run run) {
        runs.at(run.id()).adopt();
    }

    private Map<String, String> digests(Planned planned) {
        return digests(planned, workbench, circumstances.engines());
    }

    /// Of everything but the data.
    static Map<String, String> digests(Planned planned, Workbench workbench, Engines engines) {
        var digests = new LinkedHashMap<String, String>();
        if (planned.name().usesModel() || planned.name().tunesEmbedder()) {
            digests.put(
                    "model",
                    planned.remote()
                            .map(remote -> remote.url() + " " + remote.model())
                            .orElseGet(() -> engines.digest(planned.project().model())));
        }
        if (planned.usesEmbedder()) {
            digests.put("embedder", engines.digest(planned.project().embedder()));
        }
        planned.search()
                .flatMap(PassageSettings::rerank)
                .ifPresent(model -> digests.put("reranker", engines.digest(model)));
        planned.approach()
                .documentsDigest(planned, workbench)
                .ifPresent(digest -> digests.put("documents", digest));
        return digests;
    }

    private static Map<String, String> all(Map<String, String> digests, Planned planned) {
        var all = new LinkedHashMap<>(planned.data().digests());
        all.putAll(digests);
        all.putAll(planned.promptDigests());
        return all;
    }

    private Readers readers(Planned planned, Run.Setup setup) {
        var readers = ModelReaders.of(planned, circumstances.engines());
        if (planned.name().usesModel()) {
            readers = readers.and(planned.prompt().readers());
        }
        if (planned.name().usesTraining()) {
            readers = intersection(readers, planned.data().train());
        }
        return setup.validation().isEmpty() && setup.calibration().isEmpty()
                ? readers
                : intersection(readers, planned.data().validation());
    }

    /// Who may read all that a training learned from, or was chosen by, and all that its model was made from.
    static Readers learnedFrom(Planned planned, Engines engines) {
        var data = planned.data();
        return intersection(
                intersection(
                        ModelReaders.ofTraining(planned, engines).and(planned.prompt().readers()),
                        data.train()),
                data.validation());
    }

    /// @param made of the run
    /// @param validation answers, which lie in the run's folder, too
    private static Readers answersReaders(
            Planned planned,
            Readers made,
            List<StoredAnswer> answers,
            List<StoredAnswer> validation) {
        var readers = shown(intersection(made, planned.data().test()), answers);
        return planned.data().hasAskers() ? shown(readers, validation) : readers;
    }

    private static Readers shown(Readers readers, List<StoredAnswer> answers) {
        var all = readers;
        for (var answer : answers) {
            for (var passage : answer.passages()) {
                all = all.and(new Readers(passage.readers()));
            }
        }
        return all;
    }

    private static Readers intersection(Readers readers, List<Example> examples) {
        var all = readers;
        for (var example : examples) {
            all = all.and(example.readers());
        }
        return all;
    }
}
