package dev.sartor.compare.builtin;

import dev.sartor.compare.approach.Approach;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.Choice;
import dev.sartor.core.Responder;
import dev.sartor.project.setting.TaskSettings;
import java.util.List;

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

    @Override
    public boolean usesEmbedder(TaskSettings task) {
        return true;
    }

    @Override
    public List<Integer> choices(TaskSettings task) {
        return task.fewShot().counts();
    }

    @Override
    public double promptCharacters(Planned planned) {
        double example =
                planned.data().train().stream()
                        .mapToInt(each -> each.text().length() + each.reference().length())
                        .average()
                        .orElse(0);
        return planned.choices().stream().mapToInt(Integer::intValue).max().orElse(0) * example;
    }

    @Override
    public double share(Planned planned, Workbench workbench) {
        return workbench.examplesSeconds(planned);
    }

    @Override
    public Responder open(Planned planned, Responder model, Choice choice, Workbench workbench) {
        return Workbench.prompted(
                planned, workbench.nearestExamples(planned, choice.count()), model);
    }
}
