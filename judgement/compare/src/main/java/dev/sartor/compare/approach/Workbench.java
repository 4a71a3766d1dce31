package dev.sartor.compare.approach;

import dev.sartor.compare.run.Choice;
import dev.sartor.core.Embedder;
import dev.sartor.core.Example;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Reranker;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.documents.ParseLimits;
import dev.sartor.documents.source.DocumentFolder;
import dev.sartor.project.Project;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.prompt.ExampleSelection;
import dev.sartor.prompt.ExampleVectors;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.prompt.PromptedResponder;
import dev.sartor.remote.RemoteResponder;
import dev.sartor.retrieve.Abstention;
import dev.sartor.retrieve.SearchMode;
import dev.sartor.retrieve.ground.BestSentence;
import dev.sartor.retrieve.ground.Grounding;
import dev.sartor.retrieve.ground.RetrievalResponder;
import dev.sartor.retrieve.ground.RetrievalSettings;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.ground.WholeDocuments;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Reranking;
import dev.sartor.retrieve.text.AnswerCheck;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/// Makes candidates answer. What several candidates share (the embedder, the documents' index, the vectors of the training
/// examples) is opened once and closed with this; how long it took counts to each of them.
public final class Workbench implements AutoCloseable {
    private final Project project;
    private final Path folder;
    private final Circumstances circumstances;
    private final Map<PassageSettings, SearchedDocuments> libraries = new HashMap<>();
    private final Map<String, Timed<ExampleVectors>> examples = new HashMap<>();
    private final Map<String, Reranker> rerankers = new HashMap<>();
    private final Map<String, Timed<?>> once = new HashMap<>();
    private Optional<Embedder> embedder = Optional.empty();
    private Optional<Timed<WholeDocuments>> whole = Optional.empty();

    /// What was made once, and what it took.
    public record Timed<T>(T value, double seconds) {
        static <T> Timed<T> of(Supplier<T> make) {
            long start = System.nanoTime();
            var made = make.get();
            return new Timed<>(made, (System.nanoTime() - start) / 1e9);
        }
    }

    /// What is closed with the workbench.
    public interface Closeable {
        void close();
    }

    /// @param folder the project's
    public Workbench(Project project, Path folder, Circumstances circumstances) {
        this.project = project;
        this.folder = folder;
        this.circumstances = circumstances;
    }

    /// The project's.
    public Path folder() {
        return folder;
    }

    /// The model that the candidate asks, without any prompt around it; nothing is opened for one that asks none.
    public Responder model(Planned planned, Optional<Path> adapter) {
        if (!planned.name().usesModel()) {
            return new NoModel(adapter);
        }
        if (planned.remote().isPresent()) {
            return RemoteResponder.open(
                    planned.remote().orElseThrow(), circumstances.environment());
        }
        var engines = circumstances.engines();
        var model = planned.project().model();
        return adapter.map(tuned -> engines.tuned(model, tuned))
                .orElseGet(() -> engines.base(model));
    }

    /// The candidate, as its approach opens it. Closing it closes the model.
    ///
    /// @param choice how many examples or passages, and how these are shown; of no meaning without them
    public Responder around(Planned planned, Responder model, Choice choice) {
        var readers = planned.prompt().readers();
        var asked = readers.isEveryone() ? model : new UnsharedPrompt(model, readers);
        return planned.approach().open(planned, asked, choice, this);
    }

    /// All documents, read once.
    public WholeDocuments whole() {
        return read().value();
    }

    /// What it took to read all documents.
    public double wholeSeconds() {
        return read().seconds();
    }

    /// Of the files of all documents.
    public String wholeDigest() {
        return folderOfDocuments().digest();
    }

    /// What checks answers of the task against all documents.
    public AnswerCheck checkOfWhole(Planned planned) {
        return new AnswerCheck(
                planned.settings().retrieval().language(),
                embedder(),
                planned.data().task().unanswerable());
    }

    private DocumentFolder folderOfDocuments() {
        return new DocumentFolder(documents(), ParseLimits.usual());
    }

    private Timed<WholeDocuments> read() {
        var known =
                whole.orElseGet(() ->
                        Timed.of(() ->
                                WholeDocuments.read(
                                        folderOfDocuments(), circumstances.progress())));
        whole = Optional.of(known);
        return known;
    }

    /// The task's prompt around the model, with the solved examples that stand in it, or else as they are chosen.
    public static Responder prompted(Planned planned, ExampleSelection selection, Responder model) {
        var prompt = planned.prompt();
        return new PromptedResponder(
                planned.data().task(),
                prompt.template(),
                prompt.examples().isEmpty() ? selection : prompt.selection(),
                model);
    }

    /// The task's prompt around the model, with passages that are searched for each question.
    public Responder searching(
            Planned planned, PassageSettings search, Responder model, Choice choice) {
        var order = choice.shown().order();
        return searching(
                planned,
                search,
                (question, passages) -> planned.ask(question, passages, order),
                model,
                choice);
    }

    /// The same with solved examples before each question, which have no passages of their own.
    public Responder searching(
            Planned planned, ExampleSelection examples, Responder model, Choice choice) {
        return searching(
                planned,
                planned.search().orElseThrow(),
                new ExamplesAndPassages(planned, examples, choice.shown().order()),
                model,
                choice);
    }

    /// What quotes the sentence nearest to the question, of passages that are searched for it.
    public Responder quoting(Planned planned, PassageSettings search, Choice choice) {
        return searching(
                planned, search, BestSentence::grounded, new BestSentence(embedder()), choice);
    }

    private Responder searching(
            Planned planned,
            PassageSettings search,
            Grounding grounding,
            Responder model,
            Choice choice) {
        var unanswerable = planned.data().task().unanswerable();
        var lookup = lookup(search, choice.count(), choice.reranks());
        return new RetrievalResponder(
                planned.isShownThePublicAlone() ? lookup.ofThePublic() : lookup,
                grounding,
                unanswerable.flatMap(words ->
                        choice.shown().nearness().map(nearness -> new Abstention(words, nearness))),
                check(planned, search),
                model);
    }

    /// What finds so many passages for a question, reranked where that is set.
    public Retriever lookup(PassageSettings search, int count) {
        return lookup(search, count, true);
    }

    /// @param reranks whether they are reranked where that is set
    public Retriever lookup(PassageSettings search, int count, boolean reranks) {
        var settings =
                new RetrievalSettings(
                        count,
                        SearchMode.HYBRID,
                        search.dropInjections(),
                        reranks ? reranking(search) : Optional.empty());
        return library(search).lookup(settings);
    }

    private Optional<Reranking> reranking(PassageSettings search) {
        return search.rerank()
                .map(name ->
                        new Reranking(
                                rerankers.computeIfAbsent(name, circumstances.engines()::reranker),
                                search.rerankDepth(),
                                search.rerankWeight()));
    }

    /// What checks answers of the task against passages.
    AnswerCheck check(Planned planned, PassageSettings search) {
        return library(search).check(planned.data().task().unanswerable());
    }

    /// Questions with the passages that a search finds for them, as many as validation may choose at most. What is learned
    /// can come out again for whoever asks: only passages that are for everyone are among them, and where a row names its asker,
    /// what he may read, whose readers {@link #learnedReaders} then tells.
    public List<Question> withPassages(
            Planned planned, PassageSettings search, List<Question> questions) {
        var found = learned(search, questions);
        var prompted = new ArrayList<Question>();
        for (int i = 0; i < questions.size(); i++) {
            prompted.add(planned.ask(questions.get(i), found.get(i)));
        }
        return prompted;
    }

    /// Who may read all passages that {@link #withPassages} shows.
    public Readers learnedReaders(PassageSettings search, List<Question> questions) {
        return learned(search, questions).stream()
                .flatMap(List::stream)
                .map(Passage::readers)
                .reduce(Readers.everyone(), Readers::and);
    }

    private List<List<Passage>> learned(PassageSettings search, List<Question> questions) {
        var found = lookup(search, search.passages().getLast()).find(questions);
        return IntStream.range(0, questions.size())
                .mapToObj(i -> {
                    boolean isAnyone = questions.get(i).principal().equals(Principal.local());
                    return found.get(i).stream()
                            .filter(each -> !isAnyone || each.readers().isEveryone())
                            .toList();
                })
                .toList();
    }

    /// What it took to make the documents searchable so.
    double searchSeconds(PassageSettings search) {
        return library(search).seconds();
    }

    /// Of the documents as they are searched so.
    String searchDigest(PassageSettings search) {
        return library(search).digest();
    }

    /// The training examples that are the nearest to a question, so many of them.
    public ExampleSelection nearestExamples(Planned planned, int count) {
        return vectors(planned).value().nearest(count);
    }

    /// The embedder as the candidate's training left it. The caller closes it.
    ///
    /// @param model what {@link #model} gave the candidate
    public Embedder trainedEmbedder(Responder model) {
        if (model instanceof NoModel none && none.trained().isPresent()) {
            return circumstances.engines().embedder(none.trained().get().toString());
        }
        throw SartorException.defect("no embedder was trained for this candidate");
    }

    /// Tells the user.
    public void say(String line) {
        circumstances.progress().say(line);
    }

    /// What an approach makes of a task once, for validation and test alike; closed with this where it can be closed.
    ///
    /// @param type of what it makes
    public <T> Timed<T> once(Planned planned, Class<T> type, Supplier<T> make) {
        return once(planned.candidate(), planned, type, make);
    }

    /// The same, for all candidates of the task.
    public <T> Timed<T> onceForTask(Planned planned, Class<T> type, Supplier<T> make) {
        return once("", planned, type, make);
    }

    private <T> Timed<T> once(String owner, Planned planned, Class<T> type, Supplier<T> make) {
        var key = planned.settings().name() + "/" + owner + "/" + type.getName();
        var known = once.computeIfAbsent(key, _ -> Timed.of(make));
        return new Timed<>(type.cast(known.value()), known.seconds());
    }

    /// The vectors of the training examples, in their order.
    public List<float[]> exampleVectors(Planned planned) {
        return vectors(planned).value().vectors();
    }

    /// What it took to embed the training examples.
    public double examplesSeconds(Planned planned) {
        return vectors(planned).seconds();
    }

    SearchedDocuments library(PassageSettings search) {
        var documents = documents();
        return libraries.computeIfAbsent(search.ofIndex(), each -> opened(documents, each));
    }

    private Path documents() {
        return project.documents()
                .orElseThrow(() ->
                        SartorException.user(
                                "documents must name a folder: retrieval and long-context use it"));
    }

    private SearchedDocuments opened(Path documents, PassageSettings search) {
        if (PersistentIndex.isAt(documents)) {
            return SearchedDocuments.Persistent.open(
                    documents, search.bm25Weight(), circumstances.engines());
        }
        var model = embedder();
        return new SearchedDocuments.Own(
                Library.open(documents, folder, search, model, circumstances.progress()),
                search.language(),
                model);
    }

    private Timed<ExampleVectors> vectors(Planned planned) {
        return examples.computeIfAbsent(
                planned.settings().name() + planned.data().digest(TaskExamples.WITHHELD).orElse(""),
                _ -> {
                    var model = embedder();
                    return Timed.of(() -> ExampleVectors.of(model, planned.data().train()));
                });
    }

    /// The project's, opened once. Closing this closes it.
    public Embedder embedder() {
        var opened = embedder.orElseGet(() -> circumstances.engines().embedder(project.embedder()));
        embedder = Optional.of(opened);
        return opened;
    }

    @Override
    public void close() {
        once.values().stream()
                .map(Timed::value)
                .filter(Closeable.class::isInstance)
                .map(Closeable.class::cast)
                .forEach(Closeable::close);
        libraries.values().forEach(SearchedDocuments::close);
        embedder.ifPresent(Embedder::close);
        rerankers.values().forEach(Reranker::close);
    }

    /// Puts solved examples before a question, chosen for it, and passages at the question itself.
    private record ExamplesAndPassages(
            Planned planned, ExampleSelection examples, PassageOrder order) implements Grounding {
        @Override
        public Question ground(Question question, List<Passage> passages) {
            return planned.ask(question, shown(question), passages, order);
        }

        /// Which examples stand there may depend on what is asked: they open no other's prompt.
        private List<Example> shown(Question question) {
            return question.text().isEmpty()
                    ? examples.shared()
                    : examples.select(List.of(question)).getFirst();
        }
    }
}
