package dev.sartor.studio.page;

import dev.sartor.compare.run.Figures;
import dev.sartor.studio.read.ProjectRuns;
import dev.sartor.studio.read.TrainingCourse;
import dev.sartor.studio.read.TrainingLine;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;

/// A project's trainings, some of them laid over each other.
///
/// @param project its id
/// @param figures the address of the curves' points
record TrainingsView(
        String project, List<Choice> all, List<Course> chosen, Address figures, int more) {
    /// How many may be laid over each other: as many as can be told apart.
    static final int MOST_CHOSEN = 8;

    private static final int MOST_LISTED = 200;
    private static final int MOST_CHECKS = 100;

    /// What begins the name of a field that chooses a training.
    private static final String FIELD = "run.";

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneOffset.UTC);

    /// @param state such as `finished`
    record Choice(String field, String name, String changed, String state, boolean isChosen) {}

    /// @param number by which its colour is chosen
    record Course(
            int number, String name, String state, List<CheckRow> checks, List<Sample> answers) {}

    record CheckRow(String step, String loss, String validation, String ability) {}

    record Sample(String question, String reference, String answer) {}

    /// The trainings that an address chooses, or the newest where it chooses none.
    static List<TrainingLine> chosen(List<TrainingLine> all, Map<String, String> fields) {
        Set<String> ids = new HashSet<>();
        for (var field : fields.keySet()) {
            if (field.startsWith(FIELD)) {
                ids.add(field.substring(FIELD.length()));
            }
        }
        return ids.isEmpty()
                ? all.stream().limit(1).toList()
                : all.stream().filter(each -> ids.contains(each.id())).limit(MOST_CHOSEN).toList();
    }

    static TrainingsView of(String project, ProjectRuns runs, Map<String, String> fields) {
        var all = runs.trainings();
        var chosen = chosen(all, fields);
        var figures = Address.of("/training.json", project);
        var shown = new ArrayList<Course>();
        for (var each : chosen) {
            figures = figures.with(FIELD + each.id(), "on");
            shown.add(shown(shown.size(), each, TrainingCourse.read(each.log())));
        }
        return new TrainingsView(
                project,
                all.stream()
                        .limit(MOST_LISTED)
                        .map(each -> choice(each, chosen.contains(each)))
                        .toList(),
                shown,
                figures,
                Math.max(0, all.size() - MOST_LISTED));
    }

    private static Choice choice(TrainingLine line, boolean isChosen) {
        return new Choice(
                FIELD + line.id(),
                Shown.text(line.id()),
                time(line.changed()),
                line.isFinished() ? "finished" : "not finished",
                isChosen);
    }

    private static String time(Instant at) {
        return TIME.format(at);
    }

    private static Course shown(int number, TrainingLine line, TrainingCourse course) {
        var checks = course.checks();
        return new Course(
                number,
                Shown.text(line.id()),
                state(line, course),
                checks.subList(Math.max(0, checks.size() - MOST_CHECKS), checks.size()).stream()
                        .map(each ->
                                new CheckRow(
                                        Integer.toString(each.step()),
                                        number(each.loss()),
                                        number(each.validation()),
                                        number(each.ability())))
                        .toList(),
                course.answers().stream()
                        .map(each ->
                                new Sample(
                                        Shown.text(each.question()),
                                        Shown.text(each.reference()),
                                        Shown.answer(each.answer())))
                        .toList());
    }

    private static String state(TrainingLine line, TrainingCourse course) {
        var last = course.last();
        if (last.isEmpty()) {
            return "no step yet";
        }
        var step = last.get();
        var said =
                String.format(
                        Locale.ROOT,
                        "step %,d, loss %s, %,.0f tokens/s, %,.0f MiB, after %s",
                        step.step(),
                        number(step.loss()),
                        step.pace().tokensPerSecond(),
                        step.pace().residentMib(),
                        Figures.duration(step.pace().seconds()));
        return line.isFinished()
                ? said + "; finished"
                : said + "; about " + Figures.duration(step.pace().remaining()) + " to go";
    }

    private static String number(OptionalDouble value) {
        return value.isPresent() ? Figures.score(value.getAsDouble()) : "–";
    }
}
