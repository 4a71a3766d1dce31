package dev.sartor.studio.page;

import dev.sartor.compare.run.Figures;
import dev.sartor.compare.verdict.ComparisonJson;
import dev.sartor.project.Project;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.studio.read.ProjectPlace;
import dev.sartor.studio.read.StudioProjects;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A task: its verdict, its candidates, and what is being measured.
///
/// @param said notes, what left the race and what failed, a sentence each
record TaskPageView(
        Head head,
        List<CandidateRow> candidates,
        Progress progress,
        List<String> said,
        List<ConfusionRow> confusions,
        Links links) {
    private static final int MOST_CONFUSIONS = 12;

    /// @param kind the verdict's; `none` where there is none yet
    /// @param facts about the test, in a sentence
    record Head(
            String name,
            String instruction,
            String kind,
            String headline,
            String why,
            String facts,
            String metric,
            String currency) {}

    /// @param examples the address of all examples; empty where no candidate has answered them
    /// @param data the address of the task's rows
    record Links(Optional<Address> examples, Address data) {}

    /// @param running which command writes here now
    /// @param since finished runs that the verdict does not know yet
    /// @param unfinished what each has answered so far
    record Progress(Optional<String> running, List<String> since, List<String> unfinished) {
        boolean isEmpty() {
            return running.isEmpty() && since.isEmpty() && unfinished.isEmpty();
        }
    }

    /// Examples of one right answer to which a candidate said the same other thing.
    record ConfusionRow(String candidate, String right, String said, int count, Address address) {}

    static TaskPageView of(
            StudioProjects projects, ProjectPlace place, Project project, TaskSettings task) {
        var runs = projects.runs(place);
        var compared = runs.comparison(task.name());
        var examples = Address.of("/examples", place.id(), task.name());
        var all = projects.examples(place, task.name());
        return new TaskPageView(
                head(project, task, compared),
                compared.stream()
                        .flatMap(found ->
                                found.candidates().stream()
                                        .map(each -> CandidateRow.of(found, each)))
                        .toList(),
                new Progress(
                        runs.writer().map(Shown::text),
                        runs.unjudged(task.name()).stream()
                                .map(each -> Shown.text(each.candidate()))
                                .toList(),
                        runs.unfinished(task.name()).stream()
                                .map(each ->
                                        String.format(
                                                Locale.ROOT,
                                                "%s: %,d answers to test examples",
                                                Shown.text(each.id()),
                                                each.answered()))
                                .toList()),
                compared.map(TaskPageView::said).orElse(List.of()),
                task.isClassification()
                        ? all.map(each -> Confusions.of(each.table(), examples, MOST_CONFUSIONS))
                                .orElse(List.of())
                        : List.of(),
                new Links(all.map(_ -> examples), Address.of("/data", place.id(), task.name())));
    }

    private static Head head(
            Project project, TaskSettings task, Optional<ComparisonJson.TaskJson> compared) {
        var metric = compared.map(ComparisonJson.TaskJson::metric).orElse(task.metricName());
        return new Head(
                Shown.text(task.name()),
                Shown.text(task.instruction()),
                compared.map(each -> each.verdict().kind()).orElse("none"),
                compared.map(each -> Verdicts.headline(each.verdict())).orElse("Not compared yet"),
                compared.map(each -> Shown.text(each.verdict().why())).orElse(""),
                compared.map(TaskPageView::facts).orElse(""),
                metric.replace('_', ' ').replace("f1", "F1"),
                Shown.text(project.costs().currency()));
    }

    private static String facts(ComparisonJson.TaskJson task) {
        return String.format(
                Locale.ROOT,
                "%,d test examples. Good enough is shown to be less than %s points below every other candidate%s.",
                task.testRows(),
                Figures.plainPoints(task.margin()),
                task.target().map(each -> ", and at least " + Figures.score(each)).orElse(""));
    }

    private static List<String> said(ComparisonJson.TaskJson task) {
        var lines = new ArrayList<String>();
        task.failed().forEach(each -> lines.add(each.name() + " failed: " + each.why()));
        task.dropped().forEach(each -> lines.add(each.why()));
        task.baselines()
                .forEach(each ->
                        lines.add(
                                String.format(
                                        Locale.ROOT,
                                        "Baseline: %s, %s: %s [%s, %s]",
                                        each.name(),
                                        each.means(),
                                        Figures.score(each.score()),
                                        Figures.score(each.low()),
                                        Figures.score(each.high()))));
        lines.addAll(task.said());
        return lines.stream().map(Shown::text).toList();
    }
}
