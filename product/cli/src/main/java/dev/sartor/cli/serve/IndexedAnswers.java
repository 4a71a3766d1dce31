package dev.sartor.cli.serve;

import dev.sartor.cli.index.EmptyIndex;
import dev.sartor.cli.option.IndexOptions;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.Task;
import dev.sartor.prompt.PassageOrder;
import dev.sartor.prompt.PromptTemplate;
import dev.sartor.retrieve.Abstention;
import dev.sartor.retrieve.ground.Grounding;
import dev.sartor.retrieve.ground.RetrievalResponder;
import dev.sartor.retrieve.ground.Retriever;
import dev.sartor.retrieve.index.HubEmbedders;
import dev.sartor.retrieve.index.IndexStorage;
import dev.sartor.retrieve.index.PersistentIndex;
import dev.sartor.retrieve.search.Fusion;
import dev.sartor.serve.ServedModels;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// Standing indexes that models answer from, each under the last part of its path. Closing closes the indexes; the models
/// are the caller's.
final class IndexedAnswers implements AutoCloseable {
    private static final String INSTRUCTION =
            "Answer the question from the passages, in one or two sentences. Name the passage that"
                    + " says so by its number, such as [1].";

    private final IndexOptions options;
    private final Map<String, PersistentIndex> indexes = new LinkedHashMap<>();
    private final Map<String, IndexStorage> storages = new LinkedHashMap<>();

    private IndexedAnswers(IndexOptions options) {
        this.options = options;
    }

    /// @throws SartorException a user's error where one of them is no index, or cannot be asked
    static IndexedAnswers open(IndexOptions options, HubEmbedders embedders) {
        options.check(true);
        var answers = new IndexedAnswers(options);
        try {
            for (var path : options.indexes) {
                answers.add(IndexStorage.at(path), embedders);
            }
            return answers;
        } catch (RuntimeException e) {
            answers.close();
            throw e;
        }
    }

    private void add(IndexStorage path, HubEmbedders embedders) {
        var name = path.name();
        if (indexes.containsKey(name) || name.contains("/") || !ServedModels.isName(name)) {
            throw SartorException.user(
                    "--index must be a folder whose name is of letters, digits and . _ : @ + - and that"
                            + " no other index has, as clients ask for MODEL/NAME, got "
                            + path
                            + ": rename the folder.");
        }
        var index = PersistentIndex.open(path, embedders.opening());
        indexes.put(name, index);
        storages.put(name, path);
        if (options.leastNearness.isPresent() && !index.with().hasVectors()) {
            throw SartorException.user(
                    "--least-nearness needs an index that is searched by meaning, and "
                            + path
                            + " holds words alone: leave it out, or run `sartor index` with an"
                            + " --embedder.");
        }
        index.search("ready", 1, new Principal(Set.of())); // what is missing is said at the start
    }

    /// @throws SartorException a user's error where one of them holds no passages
    IndexedAnswers withoutEmptyOnes() {
        try {
            indexes.forEach((name, index) ->
                    EmptyIndex.refuse(index, Objects.requireNonNull(storages.get(name), name)));
            return this;
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    List<String> names() {
        return List.copyOf(indexes.keySet());
    }

    /// The model as it answers from an index. Whoever asks is shown what he may read.
    Responder over(String index, Responder model) {
        var standing = Objects.requireNonNull(indexes.get(index), index);
        var known = Optional.of(options.notKnown());
        return new RetrievalResponder(
                new Retriever(standing, options.settings(), Fusion.usual()),
                grounding(),
                Optional.of(
                        options.leastNearness
                                .map(least -> new Abstention(options.notKnown(), least))
                                .orElseGet(
                                        () -> Abstention.whereNothingIsFound(options.notKnown()))),
                standing.check(known),
                model);
    }

    private Grounding grounding() {
        var task =
                new Task(
                        "index",
                        INSTRUCTION,
                        List.of(),
                        "token_f1",
                        Optional.empty(),
                        0,
                        Optional.of(options.notKnown()),
                        1);
        var template = PromptTemplate.standard();
        return (question, passages) ->
                question.withMessages(
                        template.grounded(task, question, passages, PassageOrder.BEST_FIRST),
                        Readers.ofAll(passages.stream().map(Passage::readers)));
    }

    @Override
    public void close() {
        new ArrayList<>(indexes.values()).forEach(PersistentIndex::close);
        indexes.clear();
    }
}
