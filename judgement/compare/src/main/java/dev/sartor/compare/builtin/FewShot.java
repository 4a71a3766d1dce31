package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.ExampleSelection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Solved examples before the question: those that the embedder finds the nearest to it.
public final class FewShot implements Approach {
    @Override
    public String wireName() {
        return "few-shot";
    }

    @Override
    public boolean usesTraining() {
        return true;
    }

    @Override
    public boolean showsTraining() {
        return true;
    }

    /// Not where the prompt has examples of its own, which stand before every question.
    @Override
    public boolean usesEmbedder(TaskSettings task) {
        return task.shownByPrompt().isEmpty();
    }

    @Override
    public List<Integer> choices(TaskSettings task) {
        return usesEmbedder(task) ? task.fewShot().counts() : List.of();
    }

    @Override
    public Optional<String> leftOut(
            Planned planned, Workbench workbench, BooleanSupplier isMeasured) {
        return shownAnyway(planned, new ZeroShot());
    }

    /// Why there is nothing to measure: the prompt has examples of its own, which another approach shows as well.
    static Optional<String> shownAnyway(Planned planned, Approach other) {
        boolean isTwice =
                !planned.settings().shownByPrompt().isEmpty()
                        && planned.project().tried(planned.settings()).stream()
                                .anyMatch(each -> each.wireName().equals(other.wireName()));
        return isTwice
                ? Optional.of(
                        String.format(
                                Locale.ROOT,
                                "%s is left out: the prompt's version %s has %d examples of its own, and %s shows them as"
                                        + " well.",
                                planned.candidate(),
                                planned.prompt().id(),
                                planned.prompt().examples().size(),
                                other.wireName()))
                : Optional.empty();
    }

    @Override
    public double promptCharacters(Planned planned) {
        return characters(planned, planned.choices());
    }

    /// Of the largest number of examples.
    static double characters(Planned planned, List<Integer> counts) {
        double example =
                planned.data().train().stream()
                        .mapToInt(each -> each.text().length() + each.reference().length())
                        .average()
                        .orElse(0);
        return counts.stream().mapToInt(Integer::intValue).max().orElse(0) * example;
    }

    @Override
    public double share(Planned planned, Workbench workbench) {
        return usesEmbedder(planned.settings()) ? workbench.examplesSeconds(planned) : 0;
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        if (!usesEmbedder(planned.settings())) {
            return Workbench.prompted(planned, ExampleSelection.none(), model);
        }
        // Where validation chose under a prompt with examples of its own, it chose no number.
        int count = choice.count() > 0 ? choice.count() : planned.choices().getFirst();
        return Workbench.prompted(planned, workbench.nearestExamples(planned, count), model);
    }
}
