package dev.sartor.project;

import dev.sartor.core.text.Nearest;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.SearchSettings;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.retrieve.index.PersistentIndex;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must hold between the keys of a project file.
final class ProjectRules {
    private final YamlBinder binder;
    private final FileProblems problems;

    ProjectRules(YamlBinder binder, FileProblems problems) {
        this.binder = binder;
        this.problems = problems;
    }

    void check(Project project) {
        if (project.tasks().isEmpty() && binder.isGiven("tasks") && problems.isEmpty()) {
            add("tasks", "tasks is empty. Name at least one task with its data.");
        }
        approaches(project.approaches(), "approaches");
        models(project);
        repeats(project.taskNames(), "tasks", "task");
        repeats(
                Stream.concat(
                                project.taskNames().stream().distinct(),
                                project.trainings().stream().map(Training::name))
                        .toList(),
                "trainings",
                "task or training");
        repeats(project.remotes().stream().map(Remote::name).toList(), "remotes", "remote");
        keysInTheClear(project);
        for (var training : project.trainings()) {
            if (training.validation().isPresent() && !training.objective().isOfEncoders()) {
                var place = binder.place(training) + ".validation";
                add(
                        place,
                        place
                                + " is for 'objective: contrastive' and 'objective: cross_encoder' alone. Leave it out.");
            }
        }
        searches(project);
        standing(project);
        ValueRules.check(project, binder, problems);
        new JudgeRules(binder, problems).check(project);
        for (var task : project.tasks()) {
            task(task, project, binder.place(task));
        }
    }

    private void models(Project project) {
        var names = new ArrayList<String>();
        Stream.concat(Stream.of(project.model()), project.models().stream())
                .distinct()
                .map(Project::shortName)
                .forEach(names::add);
        project.remotes().stream().map(Remote::name).forEach(names::add);
        if (!project.models().isEmpty() && new HashSet<>(names).size() < names.size()) {
            add(
                    "models",
                    "the last parts of the names of model, models and remotes must differ, as candidates are called by"
                            + " them; got "
                            + names
                            + ".");
        }
    }

    private void keysInTheClear(Project project) {
        for (var remote : project.remotes()) {
            if (remote.sendsKeyInTheClear()) {
                var place = binder.place(remote) + ".url";
                add(
                        place,
                        place
                                + " must begin with https where api_key_env is given, or everyone on the way reads"
                                + " the key; got "
                                + remote.url()
                                + ". Without encryption it may only name this machine, such as http://localhost.");
            }
        }
    }

    /// What holds between a search's keys. A section that several tasks inherit is looked at once.
    private void searches(Project project) {
        var all =
                Stream.concat(
                                Stream.of(project.tune()),
                                project.tasks().stream().map(TaskSettings::tune))
                        .flatMap(tune -> tune.search().stream());
        var seen = new HashSet<String>();
        all.filter(each -> seen.add(binder.place(each))).forEach(this::search);
        Stream.concat(Stream.of(project.tune()), project.tasks().stream().map(TaskSettings::tune))
                .filter(tune -> tune.search().isPresent() && tune.privacy().isPresent())
                .map(tune -> binder.place(tune.search().orElseThrow()))
                .distinct()
                .forEach(place ->
                        add(
                                place,
                                place
                                        + " must be left out with tune.privacy: every trial learns from the examples, and the promise"
                                        + " would count one of them."));
        for (var training : project.trainings()) {
            var place = binder.place(training) + ".tune.search";
            if (binder.isGiven(place)) {
                add(place, place + " is for tasks alone, whose metric decides. Leave it out.");
            }
        }
    }

    private void search(SearchSettings search) {
        var place = binder.place(search);
        if (!problems.isEmpty()) {
            return;
        }
        if (search.models().size() == 1
                || new HashSet<>(search.models()).size() < search.models().size()) {
            add(
                    place + ".models",
                    String.format(
                            Locale.ROOT,
                            "%s.models must name at least two models, each once, got %s. A single one stands under model itself.",
                            place,
                            search.models()));
        } else if (search.space().dimensions().isEmpty()) {
            if (!search.models().isEmpty()) {
                return;
            }
            add(
                    place + ".space",
                    place
                            + ".space must name at least one setting, got none. Example: 'space:"
                            + " {learning_rate: {from: 1e-4, to: 1e-2, scale: log}}'.");
        } else if (search.trials() > search.space().points()) {
            add(
                    place + ".trials",
                    String.format(
                            Locale.ROOT,
                            "%s.trials must be at most %d, the number of points in its space, got %d. Lower it, or name more values.",
                            place,
                            search.space().points(),
                            search.trials()));
        } else if (search.budget() > search.trials()) {
            add(
                    place + ".budget",
                    String.format(
                            Locale.ROOT,
                            "%s.budget must be at most %d, the number of trials, got %s. A quarter of the trials is usual.",
                            place,
                            search.trials(),
                            new BigDecimal(search.budget()).toPlainString()));
        }
    }

    private void task(TaskSettings task, Project project, String place) {
        task.approaches().ifPresent(own -> approaches(own, place + ".approaches"));
        suited(task, project, place);
        labels(task, place);
        metric(task, place);
        data(task, project.tried(task), place);
        documents(task, project, place);
        if (task.train().filter(task.test()::equals).isPresent()
                || task.validation().filter(task.test()::equals).isPresent()) {
            add(
                    place + ".test",
                    "the test examples of '"
                            + task.name()
                            + "' are also its training or validation examples. Measure on examples that"
                            + " nothing has seen.");
        }
    }

    private void approaches(List<ApproachName> tried, String path) {
        if (tried.isEmpty() && problems.isEmpty()) {
            add(path, path + " is empty. Name at least one, such as zero-shot.");
        }
        if (new HashSet<>(tried).size() < tried.size()) {
            add(path, path + " names one approach twice. Keep one of them.");
        }
    }

    private void suited(TaskSettings task, Project project, String place) {
        var path = place + ".approaches";
        var kind = task.isClassification() ? "has labels" : "has no labels";
        task.approaches().orElse(List.of()).stream()
                .filter(each -> !each.suits(task))
                .forEach(each ->
                        add(
                                path,
                                each.wireName()
                                        + " cannot do the task '"
                                        + task.name()
                                        + "', which "
                                        + kind
                                        + ". Leave it out."));
        if (project.tried(task).isEmpty() && !project.approaches().isEmpty()) {
            add(
                    path,
                    "none of the project's approaches can do the task '"
                            + task.name()
                            + "', which "
                            + kind
                            + ". Name one that can, such as zero-shot.");
        }
    }

    private void labels(TaskSettings task, String place) {
        var path = place + ".labels";
        if (task.labels().size() == 1) {
            add(path, path + " must name at least two, got " + task.labels() + ".");
        }
        var seen = new HashSet<String>();
        for (var label : task.labels()) {
            if (!seen.add(label.strip().toLowerCase(Locale.ROOT))) {
                add(path, path + " names '" + label + "' twice (case aside). Keep one of them.");
            }
        }
        task.outOfScope()
                .filter(label -> !task.labels().contains(label))
                .ifPresent(label ->
                        add(
                                place + ".out_of_scope",
                                place
                                        + ".out_of_scope must be one of the labels, got '"
                                        + label
                                        + "'."
                                        + Nearest.advice(label, task.labels())));
        if (!task.isClassification() && task.precision().isPresent()) {
            add(
                    place + ".precision",
                    place
                            + ".precision is for tasks with labels, whose candidates tell how sure they are. Leave it out.");
        }
        boolean isByConfidence = task.precision().isPresent() || task.outOfScope().isPresent();
        if (isByConfidence && task.validation().isEmpty()) {
            add(
                    place + ".validation",
                    place
                            + ".validation is missing: validation chooses how sure a candidate must be for precision and"
                            + " out_of_scope. Add 'validation: FILE'.");
        }
        if (task.isClassification() && task.unanswerable().isPresent()) {
            add(
                    place + ".unanswerable",
                    place + ".unanswerable is for free text. Make it one of the labels instead.");
        }
    }

    private void metric(TaskSettings task, String place) {
        var known = Metrics.known(task.isClassification());
        var metric = task.metricName();
        if (!known.contains(metric)) {
            add(
                    place + ".metric",
                    place
                            + ".metric: '"
                            + metric
                            + "' does not judge "
                            + (task.isClassification() ? "a classification." : "free text.")
                            + Nearest.advice(metric, known));
        }
    }

    private void data(TaskSettings task, List<ApproachName> tried, String place) {
        need(
                task.train().isPresent(),
                place + ".train",
                tried,
                ApproachName::usesTraining,
                "learn from examples. Add 'train: FILE', or leave them out of approaches.");
        need(
                task.validation().isPresent(),
                place + ".validation",
                tried,
                each -> each.chooses(task),
                "need examples to choose by. Add 'validation: FILE', give one number to choose from, or"
                        + " leave them out of approaches.");
    }

    /// An index that stands was cut and analysed when it was made.
    private void standing(Project project) {
        if (project.documents().filter(PersistentIndex::isAt).isEmpty()) {
            return;
        }
        for (var task : project.tasks()) {
            var path =
                    task.approaches().isPresent()
                            ? binder.place(task) + ".approaches"
                            : "approaches";
            project.tried(task).stream()
                    .filter(ApproachName::readsDocumentsWhole)
                    .map(ApproachName::wireName)
                    .forEach(name ->
                            add(
                                    path,
                                    name
                                            + " reads documents whole, and documents is an index, which holds them in"
                                            + " pieces. Name the folder that it was made of, or leave "
                                            + name
                                            + " out of approaches."));
        }
        var sections = new ArrayList<>(List.of("retrieval"));
        project.tasks().forEach(task -> sections.add(binder.place(task) + ".retrieval"));
        for (var section : sections) {
            for (var key : List.of("chunk_tokens", "overlap_tokens", "language")) {
                var path = section + "." + key;
                if (binder.isGiven(path)) {
                    add(
                            path,
                            path
                                    + " is of no use: documents is an index that was made with a "
                                    + key
                                    + " of its own. Leave it out, or give it to `sartor index`.");
                }
            }
        }
    }

    private void documents(TaskSettings task, Project project, String place) {
        var searching = names(project.tried(task), ApproachName::usesDocuments);
        if (project.documents().isEmpty() && !binder.isGiven("documents") && !searching.isEmpty()) {
            add(
                    task.approaches().isPresent() ? place + ".approaches" : "approaches",
                    searching
                            + " use documents. Add 'documents: FOLDER', or leave them out of approaches.");
        }
    }

    private void need(
            boolean isThere,
            String path,
            List<ApproachName> tried,
            Predicate<ApproachName> needs,
            String why) {
        var needing = names(tried, needs);
        if (!isThere && !binder.isGiven(path) && !needing.isEmpty()) {
            add(path, path + " is missing: " + needing + " " + why);
        }
    }

    private static String names(List<ApproachName> tried, Predicate<ApproachName> wanted) {
        return tried.stream()
                .filter(wanted)
                .map(ApproachName::wireName)
                .collect(Collectors.joining(" and "));
    }

    private void repeats(List<String> names, String path, String kind) {
        var seen = new HashSet<String>();
        for (var name : names) {
            if (!seen.add(name)) {
                add(
                        path,
                        "two entries of "
                                + path
                                + " are called '"
                                + name
                                + "'. Rename one "
                                + kind
                                + ".");
            }
        }
    }

    private void add(String path, String what) {
        problems.add(binder.line(path), what);
    }
}
