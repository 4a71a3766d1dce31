package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.BooleanSupplier;

/// The nearest training examples, then the question with passages from the documents. Only the question has passages: examples
/// show what an answer looks like (Min et al. 2022), passages what it says (Ram et al. 2023), and passages of examples would
/// take several times the place.
public final class FewShotRetrieval implements OnPassages {
    @Override
    public String wireName() {
        return "few-shot+retrieval";
    }

    @Override
    public boolean usesTraining() {
        return true;
    }

    @Override
    public boolean showsTraining() {
        return true;
    }

    /// None where the prompt has examples of its own, which stand before every question.
    @Override
    public List<Integer> examplesBeside(TaskSettings task) {
        return task.shownByPrompt().isEmpty() ? task.fewShot().counts() : List.of();
    }

    @Override
    public SequencedMap<String, Object> settings(TaskSettings task) {
        var made = new LinkedHashMap<String, Object>();
        made.put("retrieval", task.retrieval());
        made.put("few_shot", task.fewShot());
        return made;
    }

    @Override
    public Optional<String> leftOut(
            Planned planned, Workbench workbench, BooleanSupplier isMeasured) {
        return FewShot.shownAnyway(planned, new Retrieval());
    }

    @Override
    public double promptCharacters(Planned planned) {
        return OnPassages.super.promptCharacters(planned)
                + FewShot.characters(planned, planned.examplesBeside());
    }

    @Override
    public double share(Planned planned, Workbench workbench) {
        double searching = OnPassages.super.share(planned, workbench);
        return planned.examplesBeside().isEmpty()
                ? searching
                : searching + workbench.examplesSeconds(planned);
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        var counts = planned.examplesBeside();
        if (counts.isEmpty()) {
            return workbench.searching(planned, planned.settings().retrieval(), model, choice);
        }
        // Where validation chose under a prompt with examples of its own, it chose no number.
        int count = choice.shown().examples().orElse(counts.getFirst());
        return workbench.searching(
                planned, workbench.nearestExamples(planned, count), model, choice);
    }
}
