package dev.sartor.project;

import dev.sartor.core.text.Nearest;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;

/// What must hold between the keys of the section `judge`, and the tasks that it measures.
final class JudgeRules {
    private final YamlBinder binder;
    private final FileProblems problems;

    JudgeRules(YamlBinder binder, FileProblems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    void check(Project project) {
        project.judge().ifPresent(judge -> judge(judge, project));
        if (project.seeds() > 1
                && project.tasks().stream().anyMatch(task -> Metrics.isJudged(task.task()))) {
            add(
                    "seeds",
                    "seeds must be 1 where a judge measures, got "
                            + project.seeds()
                            + ": its interval does not hold what trainings differ by. Give the tasks another metric, or leave seeds out.");
        }
        for (var task : project.tasks()) {
            if (Metrics.isJudged(task.task())
                    && project.judge().isEmpty()
                    && !binder.isGiven("judge")) {
                var place = binder.place(task) + ".metric";
                add(
                        place,
                        place
                                + " is judge, and "
                                + Project.FILE
                                + " names none. Add a section 'judge' with a model and judgements.");
            }
        }
    }

    private void judge(JudgeSettings judge, Project project) {
        if (judge.model().isPresent() == judge.remote().isPresent()) {
            add("judge", "judge must name either a model or a remote. Keep one of them.");
        }
        if (judge.rubric().isPresent() && judge.rubricFile().isPresent()) {
            add("judge.rubric_file", "judge has rubric and rubric_file. Keep one of them.");
        }
        var remotes = project.remotes().stream().map(Remote::name).toList();
        judge.remote()
                .filter(name -> !remotes.contains(name))
                .ifPresent(name ->
                        add(
                                "judge.remote",
                                "judge.remote must be the name of one of the remotes, got '"
                                        + name
                                        + "'."
                                        + Nearest.advice(name, remotes)));
    }

    private void add(String path, String what) {
        problems.add(binder.line(path), what);
    }
}
