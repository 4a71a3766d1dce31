package dev.sartor.compare;

import dev.sartor.core.Embedder;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.retrieve.PassageIndex;
import dev.sartor.retrieve.RetrievalResponder;
import dev.sartor.retrieve.RetrievalSettings;
import dev.sartor.retrieve.SearchMode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes candidates answer. What several candidates share (the embedder, the documents' index, the vectors of the training
/// examples) is opened once and closed with this; how long it took counts to each of them.
final class Workbench implements AutoCloseable {
    /// Passages are cut by the embedder's tokens and counted by them; a model may need more for the same text.
    private static final int ROOM = 2;

    private final Project project;
    private final Path folder;
    private final Surroundings surroundings;
    private final Map<PassageSettings, Library> libraries = new HashMap<>();
    private final Map<String, Timed<AlikeExamples>> examples = new HashMap<>();
    private Optional<Embedder> embedder = Optional.empty();

    private record Timed<T>(T value, double seconds) {}

    /// @param folder the project's
    Workbench(Project project, Path folder, Surroundings surroundings) {
        this.project = project;
        this.folder = folder;
        this.surroundings = surroundings;
    }

    /// The model that the candidate asks, without any prompt around it.
    Responder model(Planned planned, Optional<Path> adapter) {
        if (planned.remote().isPresent()) {
            return RemoteResponder.open(planned.remote().orElseThrow(), surroundings.environment());
        }
        var engines = surroundings.engines();
        return adapter.map(worn -> engines.withAdapter(project.model(), worn))
                .orElseGet(() -> engines.base(project.model()));
    }

    /// The candidate: its prompt, its examples or its passages around the model. Closing it closes the model.
    ///
    /// @param count how many examples or passages; of no meaning without them
    Responder around(Planned planned, Responder model, int count) {
        var prompts = new TaskPrompts(planned.data().task());
        return switch (planned.approach()) {
            case Approach.Prompting(var counts) when counts.isEmpty() -> plain(prompts, model);
            case Approach.Prompting ignored ->
                    new Rewriting(
                            questions -> withExamples(prompts, alike(planned), questions, count),
                            model);
            case Approach.Retrieval(var search) -> searching(prompts, search, model, count);
            case Approach.Tuning ignored -> plain(prompts, model);
            case Approach.Combined combined ->
                    searching(prompts, combined.retrieval(), model, count);
        };
    }

    private static Responder plain(TaskPrompts prompts, Responder model) {
        return new Rewriting(questions -> questions.stream().map(prompts::plain).toList(), model);
    }

    private static List<Question> withExamples(
            TaskPrompts prompts, AlikeExamples examples, List<Question> questions, int count) {
        var alike = examples.alike(questions, count);
        var prompted = new ArrayList<Question>();
        for (int i = 0; i < questions.size(); i++) {
            prompted.add(prompts.withExamples(questions.get(i), alike.get(i)));
        }
        return prompted;
    }

    private Responder searching(
            TaskPrompts prompts, PassageSettings search, Responder model, int count) {
        var settings =
                new RetrievalSettings(
                        count, SearchMode.HYBRID, ROOM * count * search.chunkTokens());
        return new RetrievalResponder(
                library(search).index(),
                settings,
                embedder()::countTokens,
                prompts::withPassages,
                model);
    }

    /// Questions with the passages that a search finds for them.
    List<Question> withPassages(
            TaskPrompts prompts, PassageSettings search, List<Question> questions, int count) {
        var inquiries =
                questions.stream()
                        .map(each -> new PassageIndex.Inquiry(each.text(), each.principal()))
                        .toList();
        var found = library(search).index().searchAll(inquiries, count, SearchMode.HYBRID);
        var prompted = new ArrayList<Question>();
        for (int i = 0; i < questions.size(); i++) {
            prompted.add(prompts.withPassages(questions.get(i), found.get(i)));
        }
        return prompted;
    }

    /// Opens what the candidate shares with others.
    ///
    /// @return the seconds that it took when it was made
    double share(Planned planned) {
        double seconds = planned.search().map(search -> library(search).seconds()).orElse(0.0);
        return planned.name() == ApproachName.FEW_SHOT
                ? seconds + timedExamples(planned).seconds()
                : seconds;
    }

    Library library(PassageSettings search) {
        var documents =
                project.documents()
                        .orElseThrow(() ->
                                SartorException.user(
                                        "documents must name a folder: retrieval searches it"));
        // How many passages are shown does not matter to the index.
        var index =
                new PassageSettings(
                        List.of(1),
                        search.chunkTokens(),
                        search.overlapTokens(),
                        search.language());
        return libraries.computeIfAbsent(
                index,
                settings ->
                        Library.open(
                                documents, folder, settings, embedder(), surroundings.progress()));
    }

    private AlikeExamples alike(Planned planned) {
        return timedExamples(planned).value();
    }

    private Timed<AlikeExamples> timedExamples(Planned planned) {
        return examples.computeIfAbsent(
                planned.settings().name(),
                name -> {
                    var model = embedder();
                    long start = System.nanoTime();
                    var made = new AlikeExamples(model, planned.data().train());
                    return new Timed<>(made, (System.nanoTime() - start) / 1e9);
                });
    }

    private Embedder embedder() {
        var opened = embedder.orElseGet(() -> surroundings.engines().embedder(project.embedder()));
        embedder = Optional.of(opened);
        return opened;
    }

    @Override
    public void close() {
        libraries.values().forEach(Library::close);
        embedder.ifPresent(Embedder::close);
    }
}
