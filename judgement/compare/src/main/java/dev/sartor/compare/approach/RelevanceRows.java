package dev.sartor.compare.approach;

import dev.sartor.core.SartorException;
import dev.sartor.data.JudgedPassages;
import dev.sartor.evaluate.retrieval.RelevanceScores;
import dev.sartor.project.Project;
import dev.sartor.project.Training;
import dev.sartor.retrieve.ground.Negatives;
import java.util.ArrayList;
import java.util.List;

/// What a reranker learns from and is measured by: the rows' own passages, and others that do not answer beside them.
public record RelevanceRows(Training training, Project project) {
    /// Beside each passage that answers, when it is measured: together with it as many as a search reranks.
    private static final int MEASURED = 19;

    /// @param validation likewise; empty where nothing is measured
    /// @throws SartorException a user's error where there are passages of one kind alone
    public TrainingRequest.Relevance material(
            List<JudgedPassages> rows, List<JudgedPassages> validation) {
        var own = JudgedPassages.joined(rows);
        var held = JudgedPassages.joined(validation);
        var all = new ArrayList<>(own);
        all.addAll(held);
        long seed = training.tune().seed().orElse(project.seed());
        var language = project.retrieval().language();
        try (var ofOwn = new Negatives(own, language);
                var ofAll = new Negatives(all, language)) {
            var learned = ofOwn.drawn(own, training.negatives(), training.hardNegatives(), seed);
            var measured = ofAll.drawn(held, MEASURED, Negatives.From.BM25, seed);
            refuseOneKind(learned);
            refuseUnordered(measured);
            return new TrainingRequest.Relevance(learned, measured);
        }
    }

    private void refuseOneKind(List<JudgedPassages> learned) {
        if (learned.stream().allMatch(each -> each.relevant().isEmpty())) {
            throw SartorException.user(
                    training.train()
                            + " must hold passages that answer their question, got none: give some rows"
                            + " 'relevant': true.");
        }
        if (learned.stream().allMatch(each -> each.irrelevant().isEmpty())) {
            throw SartorException.user(
                    training.train()
                            + " must hold passages that do not answer, or others to draw from, got none with"
                            + " 'negatives: "
                            + training.negatives()
                            + "': raise trainings.negatives, or give some rows 'relevant': false.");
        }
    }

    private void refuseUnordered(List<JudgedPassages> measured) {
        if (!measured.isEmpty() && measured.stream().noneMatch(RelevanceScores::canBeOrdered)) {
            throw SartorException.user(
                    training.validation().orElseThrow()
                            + " must hold a question with a passage that answers it and another that does not, got"
                            + " none: add rows, or leave trainings.validation out.");
        }
    }
}
