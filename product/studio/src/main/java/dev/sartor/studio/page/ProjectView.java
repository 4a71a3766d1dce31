package dev.sartor.studio.page;

import dev.sartor.project.Project;
import dev.sartor.studio.read.ProjectPlace;
import dev.sartor.studio.read.RunLine;
import dev.sartor.studio.read.StudioProjects;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// A project: its tasks with their verdicts, and its newest runs.
///
/// @param more how many runs are not listed
record ProjectView(
        String name,
        String model,
        List<StartView.TaskLine> tasks,
        List<RunRow> runs,
        int more,
        Around around) {
    private static final int MOST_RUNS = 50;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// @param running which command writes the project's runs now
    /// @param unreadable how many finished runs cannot be read
    /// @param trainings how many there are, and where they are shown
    record Around(Optional<String> running, int unreadable, int trainings, Address address) {}

    record RunRow(String id, String task, String candidate, String finished) {
        static RunRow of(RunLine line) {
            return new RunRow(
                    Shown.text(line.id()),
                    Shown.text(line.task()),
                    Shown.text(line.candidate()),
                    TIME.format(line.finished()));
        }
    }

    static ProjectView of(StudioProjects projects, ProjectPlace place, Project project) {
        var runs = projects.runs(place);
        var finished = runs.finished();
        return new ProjectView(
                Shown.text(project.name()),
                Shown.text(project.model()),
                StartView.tasks(projects, place, project),
                finished.stream().limit(MOST_RUNS).map(RunRow::of).toList(),
                Math.max(0, finished.size() - MOST_RUNS),
                new Around(
                        runs.writer().map(Shown::text),
                        runs.unreadable(),
                        runs.trainings().size(),
                        Address.of("/training", place.id())));
    }
}
