package dev.sartor.compare;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.run.Judged;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.compare.verdict.Baseline;
import dev.sartor.core.Example;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import dev.sartor.core.file.Sha256;
import dev.sartor.data.RowFile;
import dev.sartor.judge.Agreement;
import dev.sartor.judge.AnswerPair;
import dev.sartor.judge.Floors;
import dev.sartor.judge.PairJudge;
import dev.sartor.judge.PairVerdict;
import dev.sartor.judge.People;
import dev.sartor.judge.Rubric;
import dev.sartor.project.JudgeSettings;
import dev.sartor.project.Project;
import dev.sartor.project.setting.Remote;
import dev.sartor.remote.RemoteResponder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/// The judge of a project: its model with its rubric, measured on what people say. What it replies is kept under `runs/judge`, so
/// that nothing is judged twice.
public final class ProjectJudge {
    private static final String FOLDER = "judge";

    private final JudgeSettings settings;
    private final PairJudge judge;
    private final People people;
    private final Floors floors;
    private final Circumstances circumstances;
    private Optional<Judged.By> measured = Optional.empty();

    private ProjectJudge(
            JudgeSettings settings, PairJudge judge, People people, Circumstances circumstances) {
        this.settings = settings;
        this.judge = judge;
        this.people = people;
        this.floors = new Floors(settings.minKappa(), settings.maxPositionBias());
        this.circumstances = circumstances;
    }

    /// @param folder the project's
    /// @throws SartorException a user's error where the project names no judge, or its judgements are too few or wrong
    public static ProjectJudge open(Project project, Path folder, Circumstances circumstances) {
        var settings =
                project.judge()
                        .orElseThrow(() ->
                                SartorException.user(
                                        Project.FILE
                                                + " names no judge: add a section 'judge' with a model and judgements."));
        var people = People.of(RowFile.judgements(settings.judgements()).rows());
        Floors.refuseTooFew(people, settings.judgements().toString());
        var judge =
                new PairJudge(
                        model(settings, project, circumstances),
                        new Rubric(criteria(settings), settings.maxAnswerCharacters()),
                        Runs.of(folder).folder().resolve(FOLDER),
                        circumstances.progress(),
                        circumstances.cancellation());
        return new ProjectJudge(settings, judge, people, circumstances);
    }

    private static PairJudge.Model model(
            JudgeSettings settings, Project project, Circumstances circumstances) {
        if (settings.remote().isPresent()) {
            var remote = remote(project, settings.remote().get());
            return new PairJudge.Model(
                    remote.name(),
                    Sha256.of(remote.url() + " " + remote.model()),
                    () -> RemoteResponder.open(remote, circumstances.environment()));
        }
        var name = settings.model().orElseThrow();
        var engines = circumstances.engines();
        return new PairJudge.Model(
                name,
                engines.digest(name) + " " + project.weights().word(),
                () -> engines.base(name));
    }

    private static Remote remote(Project project, String name) {
        return project.remote(name).orElseThrow(() -> SartorException.defect("no remote " + name));
    }

    private static String criteria(JudgeSettings settings) {
        if (settings.rubricFile().isEmpty()) {
            return settings.rubric().orElseGet(Rubric::standard);
        }
        var file = settings.rubricFile().get();
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SartorException.missing(
                    "cannot read judge.rubric_file " + file + ": " + e.getMessage(), e);
        }
    }

    /// Its agreement with people, for which it is asked where it has not been.
    public Judged.By measured() {
        var by =
                measured.orElseGet(() ->
                        Judged.By.of(
                                judge.name(), judge.digest(), floors, Agreement.of(judge, people)));
        measured = Optional.of(by);
        return by;
    }

    /// The same where it may measure a task.
    ///
    /// @throws SartorException a user's error where the judge is refused and the project does not say what measures then
    Judged.By admitted(String task) {
        var by = measured();
        if (by.isRefused() && settings.ifRefused().isEmpty()) {
            throw SartorException.user(
                    "task '"
                            + task
                            + "' is measured by a judge. "
                            + by.said()
                            + " Choose another model or rubric and look at `sartor judge check`, or measure by token_f1 while the"
                            + " judge is refused: 'if_refused: token_f1' under judge.");
        }
        return by;
    }

    /// A run's answers against their references. What is judged is kept beside them.
    ///
    /// @param readers who may read them
    /// @param folder the run's
    Judged judged(List<StoredAnswer> answers, Readers readers, Path folder) {
        var pairs =
                answers.stream()
                        .map(each ->
                                new AnswerPair(
                                        each.question(),
                                        each.prediction().answer(),
                                        each.references().getFirst(),
                                        Optional.empty()))
                        .toList();
        var judged = judged(answers.stream().map(StoredAnswer::id).toList(), pairs, readers);
        judged.write(folder);
        return judged;
    }

    Baseline judged(Baseline baseline, List<Example> test) {
        var pairs = new ArrayList<AnswerPair>();
        for (int i = 0; i < test.size(); i++) {
            pairs.add(
                    new AnswerPair(
                            test.get(i).text(),
                            baseline.predictions().get(i).answer(),
                            test.get(i).reference(),
                            Optional.empty()));
        }
        return baseline.with(
                judged(
                        test.stream().map(Example::id).toList(),
                        pairs,
                        Readers.ofAll(test.stream().map(Example::readers))));
    }

    private Judged judged(List<String> ids, List<AnswerPair> pairs, Readers readers) {
        var by = measured();
        var rows = new ArrayList<Judged.Row>();
        if (!by.isRefused()) {
            var verdicts = judge.judge(pairs, readers);
            for (int i = 0; i < verdicts.size(); i++) {
                rows.add(new Judged.Row(ids.get(i), verdicts.get(i)));
            }
            sayIfCut(pairs);
        }
        return new Judged(by, rows);
    }

    private void sayIfCut(List<AnswerPair> pairs) {
        int cut = judge.cut(pairs);
        if (cut > 0) {
            circumstances
                    .progress()
                    .say(
                            cut
                                    + " of "
                                    + pairs.size()
                                    + " answers are longer than judge.max_answer_characters, and the judge saw their"
                                    + " beginnings alone");
        }
    }

    /// Two runs' answers to the same test examples against each other.
    ///
    /// @param winRate how often people would prefer the first's, a tie counting half, corrected for the judge's errors
    /// @param judged the same as the judge says it
    /// @param better, ties and worse: of how many rows the judge says so, both orders together
    public record Match(
            Judged.By by,
            Score winRate,
            double judged,
            int better,
            int ties,
            int worse,
            boolean showsReferences) {}

    /// @throws SartorException a user's error where the judge is refused, or the runs answered different examples
    public Match match(Run first, Run second, Runs runs) {
        var by = measured();
        if (by.isRefused()) {
            throw SartorException.user(
                    by.said()
                            + " What it says of these two runs would mean nothing: choose another model or rubric.");
        }
        var pairs = pairs(runs.answers(first), runs.answers(second));
        var verdicts = judge.judge(pairs, first.maySeeAnswers().and(second.maySeeAnswers()));
        sayIfCut(pairs);
        var scores = verdicts.stream().mapToDouble(PairVerdict::score).toArray();
        return new Match(
                by,
                by.scores().winRate("win rate", scores),
                Arrays.stream(scores).average().orElseThrow(),
                (int) verdicts.stream().filter(each -> each.score() > 0.5).count(),
                (int) verdicts.stream().filter(each -> each.score() == 0.5).count(),
                (int) verdicts.stream().filter(each -> each.score() < 0.5).count(),
                people.sawReferences());
    }

    private List<AnswerPair> pairs(List<StoredAnswer> first, List<StoredAnswer> second) {
        var others = new HashMap<String, String>();
        second.forEach(each -> others.put(each.id(), each.prediction().answer()));
        var pairs =
                first.stream()
                        .flatMap(each ->
                                Optional.ofNullable(others.get(each.id()))
                                        .map(other -> pair(each, other))
                                        .stream())
                        .toList();
        if (pairs.size() != first.size() || pairs.size() != second.size()) {
            throw SartorException.user(
                    "the two runs answered different test examples: `sartor compare` measures both on the present ones");
        }
        return pairs;
    }

    private AnswerPair pair(StoredAnswer first, String second) {
        return new AnswerPair(
                first.question(),
                first.prediction().answer(),
                second,
                people.sawReferences()
                        ? Optional.of(first.references().getFirst())
                        : Optional.empty());
    }
}
