package dev.sartor.compare.approach;

import dev.sartor.compare.run.Choice;
import dev.sartor.core.Question;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.PassageSettings;
import dev.sartor.project.setting.TaskSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// A way to fit a model to a task. All that differs between two of them stands in their classes: what it needs, which of the
/// task's settings it is made by, what validation chooses, and how its candidate opens. An approach is a class with a public
/// constructor without parameters, and a line that names it, as {@link ApproachName} says; it holds no state.
public interface Approach extends ApproachName {
    /// Of English, roughly.
    int CHARACTERS_OF_A_TOKEN = 4;

    static Approach of(ApproachName name) {
        if (name instanceof Approach approach) {
            return approach;
        }
        throw SartorException.defect(
                "the approach " + name.wireName() + " has a name and makes no candidate");
    }

    /// What its candidate is called, such as `tuned+retrieval`.
    default String candidate() {
        return wireName();
    }

    /// How many examples or passages validation may choose among; empty where there is nothing to choose.
    default List<Integer> choices(TaskSettings task) {
        return List.of();
    }

    /// How many training examples validation may choose to show beside passages, where {@link #choices} are numbers of these; empty
    /// where no example is shown beside them.
    default List<Integer> examplesBeside(TaskSettings task) {
        return List.of();
    }

    @Override
    default boolean chooses(TaskSettings task) {
        return choices(task).size() > 1 || examplesBeside(task).size() > 1;
    }

    /// How passages are searched, where they are.
    default Optional<PassageSettings> search(TaskSettings task) {
        return Optional.empty();
    }

    /// Whether the embedder has a part in what the model is shown.
    default boolean usesEmbedder(TaskSettings task) {
        return search(task).isPresent();
    }

    /// What records call that which answers, where it is neither a model nor the embedder.
    default Optional<String> ownModel() {
        return Optional.empty();
    }

    /// Whether its candidate shows training examples, so that they are read again to serve it.
    default boolean showsTraining() {
        return false;
    }

    /// Whether the adapter learns from prompts with passages.
    default boolean trainsOnPassages(TaskSettings task) {
        return false;
    }

    /// The approach whose adapter its candidate uses, where it is another's.
    default Optional<ApproachName> adapterOf(TaskSettings task) {
        return Optional.empty();
    }

    /// How near what it goes by is to each question, a cosine, where a question that is far from all of it may be one without
    /// an answer; empty where the approach goes by nothing that is near or far.
    default Optional<List<Double>> nearness(
            Planned planned, Choice choice, List<Question> questions, Workbench workbench) {
        return search(planned.settings())
                .map(search ->
                        workbench
                                .lookup(search, choice.count(), choice.reranks())
                                .nearness(questions));
    }

    /// What its training learns from, where that is not the task's examples as a model is asked them.
    default Optional<TrainingRequest.Material> material(Planned planned) {
        return Optional.empty();
    }

    /// What the recipe records of the task's settings, by the key of each section, always in the same order: another value, or another
    /// order, is another run.
    default SequencedMap<String, Object> settings(TaskSettings task) {
        return new LinkedHashMap<>();
    }

    /// How much longer a prompt becomes by what stands before the question, in characters, roughly.
    default double promptCharacters(Planned planned) {
        return search(planned.settings())
                .map(search ->
                        search.passages().getLast() * search.chunkTokens() * CHARACTERS_OF_A_TOKEN)
                .orElse(0);
    }

    /// Why the candidate cannot be measured at all; empty where it can, or was.
    ///
    /// @param isMeasured whether there is a finished run, asked where it matters alone
    default Optional<String> leftOut(
            Planned planned, Workbench workbench, BooleanSupplier isMeasured) {
        return Optional.empty();
    }

    /// Opens what the candidate shares with others.
    ///
    /// @return the seconds that it took when it was made
    default double share(Planned planned, Workbench workbench) {
        return search(planned.settings()).map(workbench::searchSeconds).orElse(0.0);
    }

    /// Of the documents that the candidate is shown; empty where it is shown none.
    default Optional<String> documentsDigest(Planned planned, Workbench workbench) {
        return search(planned.settings()).map(workbench::searchDigest);
    }

    /// The candidate: its prompt, its examples or its passages around the model. Closing it closes the model.
    ///
    /// @param model with the adapter on, where there is one
    /// @param choice how many examples or passages, and how these are shown; of no meaning without them
    Responder open(Planned planned, Responder model, Choice choice, Workbench workbench);
}
