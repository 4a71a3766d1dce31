package dev.sartor.cli.index;

import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.compare.run.AnswerErasure;
import dev.sartor.compare.run.LearnedFrom;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Folders;
import dev.sartor.core.text.Size;
import dev.sartor.project.Project;
import dev.sartor.retrieve.index.Forgetting;
import dev.sartor.retrieve.index.IndexKeeping;
import dev.sartor.retrieve.index.IndexStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "forget",
        description = {
            "Delete documents from an index, with every byte of them, and keep them out.",
            "",
            "Passages, vectors, words and metadata go from all generations, with copies of the same content under other paths and what"
                    + " was fetched of remote sources; segments, or the tables of a database, are written anew without what was deleted. The index keeps"
                    + " digests of the path and the content, so that no later run takes the document in again, also where it"
                    + " still stands in the source. A running server no longer finds it from its next question on. With"
                    + " --project it exits with 1 while answers of runs that cite a document, or weights that may have learned from"
                    + " it, are still there."
        },
        footer = {
            "",
            "Example: sartor index forget shelf people/jane.md",
            "         sartor index forget shelf people/jane.md --project helpdesk --redact-answers",
            "         sartor index forget shelf people/jane.md --allow-again",
            "         sartor index forget postgresql://keeper@localhost/documents people/jane.md"
        })
final class IndexForgetCommand implements Callable<Integer> {
    private final Composition composition;

    @Parameters(
            index = "0",
            paramLabel = "INDEX",
            description = "The index's folder, or its address in a database.")
    String index = "";

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = "DOCUMENT",
            description = "A document's path, as `sartor search` and `sartor index show` print it.")
    List<String> documents = List.of();

    @Option(
            names = "--project",
            paramLabel = "DIR",
            description = "Also look through the answers that this project's runs keep.")
    Optional<Path> project = Optional.empty();

    @Option(
            names = "--redact-answers",
            description =
                    "Take the passages of the documents out of these answers, and what was said with them, unless it is a label.")
    boolean redact;

    @Option(
            names = "--allow-again",
            description =
                    "Let the next `sartor index` take forgotten documents in again; deletes nothing.")
    boolean again;

    @Option(names = "--json", description = "Print what was done as JSON.")
    boolean json;

    IndexForgetCommand(Composition composition) {
        this.composition = composition;
    }

    /// What a project still keeps of the documents.
    ///
    /// @param answers that cite them, or did
    /// @param learned what was trained with passages of documents, from the project's folder
    private record Kept(List<AnswerErasure.Erased> answers, List<String> learned) {}

    @Override
    public Integer call() {
        if (redact && project.isEmpty()) {
            throw SartorException.user(
                    "--redact-answers needs the project whose answers it is about: add --project DIR.");
        }
        var folder = project.map(IndexForgetCommand::folder);
        if (again) {
            return allowAgain();
        }
        if (folder.isEmpty()) {
            return forget(folder);
        }
        try (var _ = OpenProject.lock(folder.get(), "index forget")) {
            return forget(folder);
        }
    }

    private int allowAgain() {
        try (var forgetting = Forgetting.open(IndexStorage.at(index), Clock.systemUTC())) {
            forgetting.allowAgain(documents);
        }
        var said = "`sartor index` takes them in again where they still stand in the source.";
        composition.console().print(json ? allowed() : said);
        return 0;
    }

    private int forget(Optional<Path> folder) {
        var console = composition.console();
        try (var forgetting = Forgetting.open(IndexStorage.at(index), Clock.systemUTC())) {
            var forgotten = withoutFetched(forgetting.forget(documents, console));
            var kept = folder.map(each -> kept(each, forgotten));
            console.print(json ? json(forgotten, kept) : String.join("\n", lines(forgotten, kept)));
            return kept.filter(this::isLeft).isPresent() ? 1 : 0;
        }
    }

    /// Of an index in a database, what was fetched of remote sources lies in this machine's cache.
    private Forgetting.Forgotten withoutFetched(Forgetting.Forgotten forgotten) {
        var fetched = new IndexTarget(index).fetched(composition.surroundings().cache());
        if (!Files.isDirectory(fetched)) {
            return forgotten;
        }
        try {
            Folders.delete(fetched);
        } catch (IOException e) {
            throw AtomicFile.failure(fetched, e);
        }
        var erased = forgotten.erased();
        var caches = new ArrayList<>(erased.caches());
        caches.add(fetched.toString());
        return new Forgetting.Forgotten(
                forgotten.documents(),
                new IndexKeeping.Erased(
                        erased.generations(), erased.removed(), caches, erased.left()),
                forgotten.before(),
                forgotten.after());
    }

    private static Path folder(Path given) {
        var folder = given.toAbsolutePath().normalize();
        if (!Files.isRegularFile(folder.resolve(Project.FILE))) {
            throw SartorException.user(
                    "there is no "
                            + Project.FILE
                            + " in "
                            + folder
                            + ": name the project's folder with --project. Nothing was forgotten.");
        }
        return folder;
    }

    private Kept kept(Path folder, Forgetting.Forgotten forgotten) {
        var paths =
                forgotten.documents().stream()
                        .map(Forgetting.Document::path)
                        .collect(Collectors.toSet());
        return new Kept(
                new AnswerErasure(folder, !redact).citing(paths),
                new LearnedFrom(folder).withDocuments());
    }

    private boolean isLeft(Kept kept) {
        return (!redact && !kept.answers().isEmpty()) || !kept.learned().isEmpty();
    }

    private List<String> lines(Forgetting.Forgotten forgotten, Optional<Kept> kept) {
        var lines = new ArrayList<String>();
        for (var document : forgotten.documents()) {
            lines.add(
                    "forgot "
                            + document.path()
                            + (document.isCopy() ? ", which holds the same" : "")
                            + (document.passages() > 0
                                    ? ", " + document.passages() + " passages"
                                    : ", no passages"));
        }
        lines.add(
                "generations written without them: "
                        + forgotten.erased().generations().stream()
                                .map(String::valueOf)
                                .collect(Collectors.joining(", ")));
        forgotten.erased().removed().forEach(each -> lines.add("removed generations/" + each));
        forgotten
                .erased()
                .caches()
                .forEach(each ->
                        lines.add(
                                "removed " + each + "/, which is fetched again when it is needed"));
        lines.add(
                "the index takes "
                        + Size.mib(forgotten.after())
                        + " in place of "
                        + Size.mib(forgotten.before()));
        forgotten.erased().left().forEach(each -> lines.add("left: " + each));
        lines.add(
                "They stay out of this index, also where the files still stand in the sources: delete them there, too.");
        kept.ifPresent(each -> lines(each, lines));
        return lines;
    }

    private void lines(Kept kept, List<String> lines) {
        kept.answers()
                .forEach(each ->
                        lines.add(
                                each.file()
                                        + ": "
                                        + each.answers()
                                        + (redact
                                                ? " answers redacted; the run's figures no longer hold, `sartor compare` makes it"
                                                        + " again"
                                                : " answers cite them: --redact-answers takes that out")));
        kept.learned()
                .forEach(each ->
                        lines.add(
                                each
                                        + " was trained with passages, perhaps with theirs: train it again, and remove it"));
    }

    private String allowed() {
        var fields = Json.mapper().createObjectNode();
        documents.forEach(fields.putArray("allowed_again")::add);
        return Json.pretty(fields);
    }

    private String json(Forgetting.Forgotten forgotten, Optional<Kept> kept) {
        var fields = Json.mapper().createObjectNode();
        var all = fields.putArray("forgotten");
        for (var document : forgotten.documents()) {
            all.addObject()
                    .put("document", document.path())
                    .put("passages", document.passages())
                    .put("copy", document.isCopy());
        }
        forgotten.erased().generations().forEach(fields.putArray("generations")::add);
        forgotten.erased().removed().forEach(fields.putArray("generations_removed")::add);
        forgotten.erased().caches().forEach(fields.putArray("caches_removed")::add);
        forgotten.erased().left().forEach(fields.putArray("left")::add);
        fields.put("bytes_before", forgotten.before()).put("bytes", forgotten.after());
        kept.ifPresent(each -> {
            var answers = fields.putArray("answers");
            each.answers()
                    .forEach(answer ->
                            answers.addObject()
                                    .put("file", answer.file())
                                    .put("answers", answer.answers())
                                    .put("redacted", redact));
            each.learned().forEach(fields.putArray("may_have_learned")::add);
        });
        return Json.pretty(fields);
    }
}
