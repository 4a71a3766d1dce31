package dev.sartor.studio.page;

import dev.sartor.core.SartorException;
import dev.sartor.project.Project;
import dev.sartor.studio.read.ProjectPlace;
import dev.sartor.studio.read.StudioProjects;
import java.util.List;
import java.util.Optional;

/// The projects of the folder.
///
/// @param isWhole whether all of the folder was looked through
record StartView(String folder, List<Row> projects, boolean isWhole) {
    /// @param problem why its file cannot be read
    /// @param running which command writes its runs now
    record Row(
            String name,
            Address address,
            List<TaskLine> tasks,
            Optional<String> problem,
            Optional<String> running,
            int runs) {}

    /// @param kind the verdict's; `none` where there is no verdict yet
    record TaskLine(String name, String headline, String kind, Address address) {}

    static StartView of(StudioProjects projects) {
        var found = projects.finder().find();
        return new StartView(
                Shown.text(projects.finder().root().toString()),
                found.projects().stream().map(each -> row(projects, each)).toList(),
                found.isWhole());
    }

    private static Row row(StudioProjects projects, ProjectPlace place) {
        var address = Address.of("/project", place.id());
        var runs = projects.runs(place);
        try {
            var project = projects.read(place);
            return new Row(
                    Shown.text(place.name()),
                    address,
                    tasks(projects, place, project),
                    Optional.empty(),
                    runs.writer().map(Shown::text),
                    runs.finished().size());
        } catch (SartorException e) {
            return new Row(
                    Shown.text(place.name()),
                    address,
                    List.of(),
                    Optional.of(Shown.text(String.valueOf(e.getMessage()))),
                    Optional.empty(),
                    0);
        }
    }

    static List<TaskLine> tasks(StudioProjects projects, ProjectPlace place, Project project) {
        var runs = projects.runs(place);
        return project.tasks().stream()
                .map(task -> {
                    var verdict = runs.comparison(task.name()).map(each -> each.verdict());
                    return new TaskLine(
                            Shown.text(task.name()),
                            verdict.map(Verdicts::headline).orElse("not compared yet"),
                            verdict.map(each -> each.kind()).orElse("none"),
                            Address.of("/task", place.id(), task.name()));
                })
                .toList();
    }
}
