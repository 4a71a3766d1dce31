package dev.sartor.compare.approach;

import dev.sartor.compare.run.CheckedAnswer;
import dev.sartor.compare.run.Run;
import dev.sartor.compare.run.RunJson;
import dev.sartor.compare.run.StoredAnswer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Pages;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.project.Project;
import dev.sartor.project.setting.RenamedKeys;
import dev.sartor.retrieve.text.AnswerCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Checks the answers of a run against the project's documents: those with passages against these, others against passages
/// that are looked up for the question, for the check only. What it finds lies beside the run and is made
/// anew where the documents are others; the answers stay what they are.
public final class Checks {
    /// Counts changes to what the same check finds.
    private static final String FORMAT = "1";

    private static final String FILE = "checks.json";

    private final Project project;
    private final Workbench workbench;
    private final Circumstances circumstances;

    public Checks(Project project, Workbench workbench, Circumstances circumstances) {
        this.project = project;
        this.workbench = workbench;
        this.circumstances = circumstances;
    }

    private record Stored(String key, List<CheckedAnswer> answers) {}

    /// What the run's folder holds; empty where nothing was checked.
    public static List<CheckedAnswer> read(Path folder) {
        return stored(folder).map(Stored::answers).orElse(List.of());
    }

    private static Optional<Stored> stored(Path folder) {
        var file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(RunJson.read(file, Stored.class))
                : Optional.empty();
    }

    /// Empty for a classification, and for a project without documents.
    ///
    /// @param folder the run's
    public List<CheckedAnswer> of(
            Planned planned, Run run, List<StoredAnswer> answers, Path folder) {
        if (project.documents().isEmpty() || planned.data().task().isClassification()) {
            return List.of();
        }
        var key = key(planned, run);
        var known = stored(folder).filter(each -> each.key().equals(key)).map(Stored::answers);
        return known.orElseGet(() -> {
            var checked = checked(planned, run.maySeeAnswers(), answers);
            AtomicFile.write(folder.resolve(FILE), RunJson.pretty(new Stored(key, checked)));
            return checked;
        });
    }

    private String key(Planned planned, Run run) {
        var search = planned.settings().retrieval();
        var made =
                List.of(
                        FORMAT,
                        run.key(),
                        workbench.library(search).digest(),
                        circumstances.engines().digest(project.embedder()),
                        RenamedKeys.former(RunJson.settings(search), "retrieval"));
        return Sha256.of(RunJson.line(made)).substring(0, 16);
    }

    private List<CheckedAnswer> checked(
            Planned planned, Readers readers, List<StoredAnswer> answers) {
        var search = planned.settings().retrieval();
        var check = workbench.check(planned, search);
        var bare = answers.stream().filter(each -> each.passages().isEmpty()).toList();
        var found = lookedUp(planned, readers, bare).iterator();
        var checked = new ArrayList<CheckedAnswer>();
        for (var answer : answers) {
            boolean isShown = !answer.passages().isEmpty();
            checked.add(checked(check, answer, isShown, isShown ? shown(answer) : found.next()));
        }
        return checked;
    }

    /// As each example's asker would find them. What is told of an answer must not tell its readers of passages that they may
    /// not read: where an asker is named, only passages count that all of these may read.
    private List<List<Passage>> lookedUp(
            Planned planned, Readers readers, List<StoredAnswer> answers) {
        var askers =
                planned.data().test().stream()
                        .filter(each -> each.asker().isPresent())
                        .collect(Collectors.toMap(Example::id, Example::principal));
        var search = planned.settings().retrieval();
        var inquiries =
                answers.stream()
                        .map(each ->
                                inquiry(each, askers.getOrDefault(each.id(), Principal.local())))
                        .toList();
        var found = workbench.lookup(search, search.passages().getLast()).find(inquiries);
        return IntStream.range(0, found.size())
                .mapToObj(i ->
                        askers.containsKey(inquiries.get(i).id())
                                ? found.get(i).stream()
                                        .filter(each -> readers.includes(each.readers()))
                                        .toList()
                                : found.get(i))
                .toList();
    }

    private static CheckedAnswer checked(
            AnswerCheck check, StoredAnswer answer, boolean isShown, List<Passage> passages) {
        return new CheckedAnswer(answer.id(), isShown, check.statements(answer.answer(), passages));
    }

    private static List<Passage> shown(StoredAnswer answer) {
        return answer.passages().stream()
                .map(each ->
                        new Passage(
                                each.document(),
                                each.document(),
                                each.section(),
                                each.text(),
                                each.score(),
                                new Readers(each.readers()),
                                each.pages().orElse(Pages.none()),
                                each.language().orElse("")))
                .toList();
    }

    private static Question inquiry(StoredAnswer answer, Principal asker) {
        return new Question(
                answer.id(),
                List.of(Message.user(answer.question())),
                new AnswerForm.FreeText(1),
                Sampling.greedy(),
                asker);
    }
}
