package dev.sartor.project.setting;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import dev.sartor.core.SartorException;
import dev.sartor.core.text.Nearest;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.StreamSupport;

/// An approach as the rules of the project file see it: the name that the file gives it, and what it needs. The approaches
/// themselves stand in the room that compares them, which this one cannot see: each is found by the line that names its class in
/// `META-INF/services/dev.sartor.project.setting.ApproachName`, in the order of these lines. There is one object of each.
public interface ApproachName {
    /// Such as `tune+retrieval`.
    @JsonValue
    String wireName();

    /// Whether it can do such a task at all: some are for labels alone, some for free text.
    default boolean suits(TaskSettings task) {
        return true;
    }

    /// Whether a model is opened that answers: the project's, a remote one, or what was trained. Without one the embedder's vectors do.
    default boolean usesModel() {
        return true;
    }

    /// Whether a language model answers, which can write text beside the labels that it is to choose among.
    default boolean writesText() {
        return usesModel() && !tunesEmbedder();
    }

    /// Whether what it trains is the embedder, in place of the project's model.
    default boolean tunesEmbedder() {
        return false;
    }

    /// Whether its candidate shows a prompt to a model that was not trained with it, so that it can have another version of it.
    default boolean swapsPrompt() {
        return writesText() && !isTuned() && !combines();
    }

    /// How it trains, where it does.
    default TuningSettings tuning(TaskSettings task) {
        return task.tune();
    }

    /// Whether its candidate is made of other candidates of the same task, once these are measured.
    default boolean combines() {
        return false;
    }

    /// Whether it can say no label that no training example has.
    default boolean learnsLabels(TaskSettings task) {
        return isTuned();
    }

    /// Whether it shows the model something of the project's documents.
    default boolean usesDocuments() {
        return false;
    }

    /// Whether it reads them whole, so that an index of them is not enough.
    default boolean readsDocumentsWhole() {
        return false;
    }

    /// Whether it learns from training examples, or shows them.
    default boolean usesTraining() {
        return false;
    }

    /// Whether it trains an adapter.
    default boolean isTuned() {
        return false;
    }

    /// Whether it needs validation examples to choose by.
    boolean chooses(TaskSettings task);

    /// Every approach there is.
    static List<ApproachName> all() {
        return Registry.ALL;
    }

    /// @throws SartorException a user's error where there is none of this name
    @JsonCreator
    static ApproachName of(String name) {
        return all().stream()
                .filter(each -> each.wireName().equals(name))
                .findFirst()
                .orElseThrow(() ->
                        SartorException.user(
                                "there is no approach '"
                                        + name
                                        + "'."
                                        + Nearest.advice(
                                                name,
                                                all().stream()
                                                        .map(ApproachName::wireName)
                                                        .toList())));
    }

    /// The approaches on the class path, read once.
    final class Registry {
        private static final List<ApproachName> ALL =
                StreamSupport.stream(
                                ServiceLoader.load(
                                                ApproachName.class,
                                                ApproachName.class.getClassLoader())
                                        .spliterator(),
                                false)
                        .toList();

        private Registry() {}
    }
}
