package dev.sartor.studio.page;

import dev.sartor.core.Json;
import dev.sartor.project.Project;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.serve.server.PageReply;
import dev.sartor.serve.server.PageRequest;
import dev.sartor.studio.access.Session;
import dev.sartor.studio.asset.Assets;
import dev.sartor.studio.read.ExampleCsv;
import dev.sartor.studio.read.ExampleFilter;
import dev.sartor.studio.read.ExampleTable;
import dev.sartor.studio.read.ProjectPlace;
import dev.sartor.studio.read.StudioProjects;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// Makes the page of an address for somebody who may see all of them.
final class Views {
    private final StudioProjects projects;
    private final Assets assets;
    private final Session session;

    Views(StudioProjects projects, Assets assets, Session session) {
        this.projects = projects;
        this.assets = assets;
        this.session = session;
    }

    PageReply of(PageRequest request) {
        return switch (request.path()) {
            case "/" -> start();
            case "/project" -> withProject(request, this::project);
            case "/task" -> withTask(request, this::task);
            case "/examples" -> withTask(request, at -> examples(at, request));
            case "/examples.csv" -> withTask(request, at -> csv(at, request));
            case "/example" -> withTask(request, at -> example(at, request));
            case "/training" -> withProject(request, (place, _) -> trainings(place, request));
            case "/training.json" -> withProject(request, (place, _) -> curves(place, request));
            case "/data" -> withTask(request, at -> data(at, request));
            case "/events" -> withProject(request, (place, _) -> events(place));
            default -> nothing();
        };
    }

    /// A task of a project, as an address names it.
    private record AtTask(ProjectPlace place, Project project, TaskSettings task) {
        Address address(String path) {
            return Address.of(path, place.id(), task.name());
        }
    }

    private PageReply start() {
        var folder = projects.finder().root().toString();
        return PageReply.Whole.html(
                200,
                Html.start(
                        frame(
                                "Projects",
                                List.of(),
                                List.of("upgrade", "--check", folder),
                                Optional.empty()),
                        StartView.of(projects)));
    }

    private PageReply project(ProjectPlace place, Project project) {
        return PageReply.Whole.html(
                200,
                Html.project(
                        frame(
                                place.name(),
                                List.of(),
                                command(place, "runs", "list"),
                                Optional.of(place)),
                        ProjectView.of(projects, place, project)));
    }

    private PageReply task(AtTask at) {
        return PageReply.Whole.html(
                200,
                Html.task(
                        frame(
                                at.task().name(),
                                path(at.place()),
                                command(at.place(), "compare", at.task().name()),
                                Optional.of(at.place())),
                        TaskPageView.of(projects, at.place(), at.project(), at.task())));
    }

    private PageReply examples(AtTask at, PageRequest request) {
        var search = projects.examples(at.place(), at.task().name());
        if (search.isEmpty()) {
            return noAnswers(at);
        }
        var filter = ExampleFilter.of(request.query());
        return PageReply.Whole.html(
                200,
                Html.examples(
                        frame(
                                "Examples",
                                path(at),
                                answers(at, filter, List.of("--most", "50")),
                                Optional.empty()),
                        ExamplesView.of(
                                search.get(),
                                filter,
                                labels(at, search.get().table()),
                                address(at, filter),
                                page(request))));
    }

    /// The labels of a classification; of free text, none to choose from.
    private static List<String> labels(AtTask at, ExampleTable table) {
        var labels = new TreeSet<String>();
        if (at.task().isClassification()) {
            for (int row = 0; row < table.rows(); row++) {
                labels.add(table.reference(row));
            }
        }
        return List.copyOf(labels);
    }

    private PageReply csv(AtTask at, PageRequest request) {
        var search = projects.examples(at.place(), at.task().name());
        return search.<PageReply>map(found ->
                        new PageReply.Whole(
                                200,
                                Map.of(
                                        "Content-Type",
                                        "text/csv; charset=utf-8",
                                        "Content-Disposition",
                                        "attachment; filename=\"examples.csv\"",
                                        "Cache-Control",
                                        "no-store"),
                                ExampleCsv.of(found, ExampleFilter.of(request.query()))
                                        .getBytes(StandardCharsets.UTF_8)))
                .orElseGet(() -> noAnswers(at));
    }

    private PageReply example(AtTask at, PageRequest request) {
        var search = projects.examples(at.place(), at.task().name());
        var row =
                search.flatMap(found -> found.table().row(request.query().getOrDefault("id", "")));
        if (row.isEmpty()) {
            return nothing();
        }
        var filter = ExampleFilter.of(request.query());
        var list = address(at, filter);
        var table = search.get().table();
        return PageReply.Whole.html(
                200,
                Html.example(
                        frame(
                                "Example",
                                pathToExample(at, list),
                                answers(
                                        at,
                                        ExampleFilter.none(),
                                        List.of("--example", table.id(row.get()))),
                                Optional.empty()),
                        ExampleView.of(
                                table,
                                row.get(),
                                new ExampleView.Source(
                                        at.place(), at.project(), projects.runs(at.place())),
                                ExampleView.Neighbours.of(search.get(), filter, list, row.get()))));
    }

    private PageReply events(ProjectPlace place) {
        var watch = projects.watch(place);
        return new PageReply.Events(sink -> {
            var seen = watch.state();
            sink.send("ready", Json.mapper().createObjectNode());
            while (sink.isOpen()) {
                Thread.sleep(watch.rest());
                var now = watch.state();
                if (now != seen) {
                    seen = now;
                    sink.send("changed", Json.mapper().createObjectNode());
                }
            }
        });
    }

    private PageReply trainings(ProjectPlace place, PageRequest request) {
        var view = TrainingsView.of(place.id(), projects.runs(place), request.query());
        var files =
                new PageFrame.Files(
                        addresses("uplot.css", "studio.css"),
                        addresses("htmx.js", "uplot.js", "studio.js", "curves.js"));
        return PageReply.Whole.html(
                200,
                Html.trainings(
                        frame(
                                        "Trainings",
                                        path(place),
                                        command(place, "runs", "list"),
                                        Optional.of(place))
                                .with(files),
                        view));
    }

    private PageReply curves(ProjectPlace place, PageRequest request) {
        var chosen = TrainingsView.chosen(projects.runs(place).trainings(), request.query());
        return new PageReply.Whole(
                200,
                Map.of(
                        "Content-Type",
                        "application/json; charset=utf-8",
                        "Cache-Control",
                        "no-store"),
                CurvesJson.of(chosen).toString().getBytes(StandardCharsets.UTF_8));
    }

    private PageReply data(AtTask at, PageRequest request) {
        var wanted = DataView.Wanted.of(request.query(), at.address("/data"), page(request));
        return PageReply.Whole.html(
                200,
                Html.data(
                        frame("Data", path(at), command(at.place(), "check"), Optional.empty()),
                        DataView.of(
                                projects.rows(at.task()), wanted, at.task().isClassification())));
    }

    private List<String> addresses(String... names) {
        return Stream.of(names).map(assets::address).toList();
    }

    private PageReply noAnswers(AtTask at) {
        return message(
                404,
                "No answers yet",
                List.of(
                        "No candidate of the task '"
                                + at.task().name()
                                + "' has answered the test examples: run `sartor compare`."));
    }

    private PageReply nothing() {
        return message(
                404,
                "There is nothing here",
                List.of(
                        "What this address names is not there, or not any more. Begin at the start."));
    }

    PageReply message(int status, String heading, List<String> lines) {
        return PageReply.Whole.html(
                status,
                Html.message(
                        frame(heading, List.of(), List.of(), Optional.empty()),
                        new MessageView(heading, lines.stream().map(Shown::text).toList())));
    }

    private PageReply withProject(
            PageRequest request, BiFunction<ProjectPlace, Project, PageReply> view) {
        return request.query("project")
                .flatMap(projects.finder()::project)
                .map(place -> view.apply(place, projects.read(place)))
                .orElseGet(this::nothing);
    }

    private PageReply withTask(PageRequest request, Function<AtTask, PageReply> view) {
        return withProject(
                request,
                (place, project) ->
                        project.task(request.query().getOrDefault("task", ""))
                                .map(task -> view.apply(new AtTask(place, project, task)))
                                .orElseGet(this::nothing));
    }

    private static int page(PageRequest request) {
        try {
            return Integer.parseInt(request.query().getOrDefault("page", "1"));
        } catch (NumberFormatException e) {
            return 1;
        }
    }

    /// Of a list of examples, without its page.
    private static Address address(AtTask at, ExampleFilter filter) {
        return at.address("/examples")
                .with("label", filter.label())
                .with("by", filter.cell().map(ExampleFilter.Cell::candidate))
                .with("said", filter.cell().map(ExampleFilter.Cell::said))
                .with("first", filter.pair().map(ExampleFilter.Pair::first))
                .with("second", filter.pair().map(ExampleFilter.Pair::second))
                .with("outcome", filter.pair().map(each -> each.outcome().word()))
                .with("q", filter.text())
                .with(
                        "sort",
                        filter.order() == ExampleFilter.Order.DISAGREEMENT
                                ? ""
                                : filter.order().word());
    }

    private static List<PageFrame.Step> path(ProjectPlace place) {
        return List.of(
                new PageFrame.Step(Shown.text(place.name()), Address.of("/project", place.id())));
    }

    private static List<PageFrame.Step> path(AtTask at) {
        var steps = new ArrayList<>(path(at.place()));
        steps.add(new PageFrame.Step(Shown.text(at.task().name()), at.address("/task")));
        return steps;
    }

    private static List<PageFrame.Step> pathToExample(AtTask at, Address list) {
        var steps = new ArrayList<>(path(at));
        steps.add(new PageFrame.Step("Examples", list));
        return steps;
    }

    private static List<String> command(ProjectPlace place, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--project");
        all.add(place.folder().toString());
        return all;
    }

    private static List<String> answers(AtTask at, ExampleFilter filter, List<String> further) {
        var words = new ArrayList<>(List.of("runs", "answers", at.task().name()));
        words.addAll(filter.options());
        words.addAll(further);
        return command(at.place(), words.toArray(String[]::new));
    }

    /// @param followed the project whose changes the page follows
    private PageFrame frame(
            String title,
            List<PageFrame.Step> path,
            List<String> command,
            Optional<ProjectPlace> followed) {
        return new PageFrame(
                Shown.text(title),
                path,
                command,
                followed.map(place -> Address.of("/events", place.id())),
                new PageFrame.Files(addresses("studio.css"), addresses("htmx.js", "studio.js")),
                session.formToken());
    }
}
