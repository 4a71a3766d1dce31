package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.retrieve.ground.RetrievalResponder;
import dev.sartor.retrieve.ground.WholeDocuments;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// All documents before the question, nothing looked up; without passages that look like an instruction to the model, where
/// the task drops them.
public final class LongContext implements Approach {
    @Override
    public String wireName() {
        return "long-context";
    }

    @Override
    public boolean usesDocuments() {
        return true;
    }

    @Override
    public boolean readsDocumentsWhole() {
        return true;
    }

    @Override
    public SequencedMap<String, Object> settings(TaskSettings task) {
        return new LinkedHashMap<>(Map.of("drop_injections", task.retrieval().dropInjections()));
    }

    /// None: they are computed once for all questions.
    @Override
    public double promptCharacters(Planned planned) {
        return 0;
    }

    @Override
    public Optional<String> leftOut(
            Planned planned, Workbench workbench, BooleanSupplier isMeasured) {
        if (planned.remote().isPresent()) {
            return Optional.of(WholeDocumentsFit.uncounted(planned));
        }
        if (isMeasured.getAsBoolean()) {
            return Optional.empty();
        }
        try (var model = workbench.model(planned, Optional.empty())) {
            return new WholeDocumentsFit(planned, documents(planned, workbench), model).leftOut();
        }
    }

    @Override
    public double share(Planned planned, Workbench workbench) {
        return workbench.wholeSeconds();
    }

    @Override
    public Optional<String> documentsDigest(Planned planned, Workbench workbench) {
        return Optional.of(workbench.wholeDigest());
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return RetrievalResponder.over(
                documents(planned, workbench),
                planned::ask,
                workbench.checkOfWhole(planned),
                model);
    }

    private static WholeDocuments documents(Planned planned, Workbench workbench) {
        var documents = workbench.whole();
        return planned.settings().retrieval().dropInjections()
                ? documents.withoutInjections()
                : documents;
    }
}
