package dev.sartor.compare;

import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.verdict.Baseline;
import dev.sartor.core.Passage;
import dev.sartor.core.Question;
import dev.sartor.project.Project;
import dev.sartor.project.setting.TaskSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a task's candidates have to beat: the commonest answer of the training examples and, for free text over documents, the
/// best passage as it stands.
final class Baselines {
    private Baselines() {}

    /// @param judge that measures the task's answers; empty where a formula does
    static List<Baseline> of(
            Project project,
            TaskSettings settings,
            TaskExamples data,
            Workbench workbench,
            Optional<ProjectJudge> judge) {
        var task = data.task();
        List<Baseline> baselines = new ArrayList<>();
        Baseline.majority(task, data.train(), data.test()).ifPresent(baselines::add);
        if (!task.isClassification() && project.documents().isPresent()) {
            var questions =
                    data.test().stream().map(each -> Question.of(each, task.form())).toList();
            var passages =
                    workbench.lookup(settings.retrieval(), 1, false).find(questions).stream()
                            .map(found -> found.stream().findFirst().map(Passage::text).orElse(""))
                            .toList();
            baselines.add(
                    Baseline.of(
                            "best passage",
                            "the passage that is found first, quoted whole",
                            task,
                            data.test(),
                            passages));
        }
        return judge.map(
                        by -> baselines.stream().map(each -> by.judged(each, data.test())).toList())
                .orElse(baselines);
    }
}
