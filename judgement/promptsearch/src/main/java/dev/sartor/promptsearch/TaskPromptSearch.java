package dev.sartor.promptsearch;

import dev.sartor.compare.approach.Circumstances;
import dev.sartor.compare.approach.Planned;
import dev.sartor.compare.approach.TaskExamples;
import dev.sartor.compare.approach.Workbench;
import dev.sartor.compare.run.RunJson;
import dev.sartor.core.Example;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.text.Nearest;
import dev.sartor.project.Project;
import dev.sartor.project.setting.ApproachName;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.Remote;
import dev.sartor.project.setting.Remote.Egress;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.promptsearch.answer.ResponderModel;
import dev.sartor.promptsearch.answer.ResponderProposer;
import dev.sartor.promptsearch.answer.SearchSpace;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Searches for a better prompt of a task of a project. The same search, started again, goes on where it was stopped.
public final class TaskPromptSearch {
    /// Counts changes to what the same search does.
    private static final String FORMAT = "1";

    private static final int ID_DIGITS = 8;
    private static final double HOUR = 3600;

    private final Project project;
    private final Path folder;
    private final Circumstances circumstances;

    /// @param folder the project's
    public TaskPromptSearch(Project project, Path folder, Circumstances circumstances) {
        this.project = project;
        this.folder = folder;
        this.circumstances = circumstances;
    }

    /// A model that a search asks.
    private record Asked(String name, Optional<Remote> remote) {}

    /// @throws SartorException a user's error where the task or its data does not admit a search, or the budget has no room for its least
    public SearchResult run(SearchRequest request) {
        var settings = settings(request.task());
        var asked = asked(request.model().orElse(project.model()));
        var proposer =
                request.proposer()
                        .map(name ->
                                name.equals(SearchRequest.NONE)
                                        ? List.<Asked>of()
                                        : List.of(asked(name)))
                        .orElse(List.of(asked));
        var remotes =
                Stream.concat(Stream.of(asked), proposer.stream())
                        .flatMap(each -> each.remote().stream())
                        .distinct()
                        .toList();
        var data = sendable(settings, remotes);
        check(settings, data);
        try (var workbench = new Workbench(project, folder, circumstances);
                var model = open(workbench, settings, data, asked)) {
            if (proposer.isEmpty() || proposer.getFirst().equals(asked)) {
                return run(request, settings, data, asked, new Opened(model, proposer, model));
            }
            try (var other = open(workbench, settings, data, proposer.getFirst())) {
                return run(request, settings, data, asked, new Opened(model, proposer, other));
            }
        }
    }

    /// @param proposer empty where there is none
    private record Opened(Responder model, List<Asked> proposer, Responder proposing) {}

    private SearchResult run(
            SearchRequest request,
            TaskSettings settings,
            TaskExamples data,
            Asked asked,
            Opened opened) {
        var start = settings.content();
        var made = made(settings, data, asked, opened.proposer());
        var place =
                new SearchFolder(
                        folder,
                        settings.name(),
                        Sha256.of(RunJson.line(made)).substring(0, ID_DIGITS));
        var learned = readers(readers(start.readers(), data.train()), data.validation());
        ReadersFile.write(place.path(), readers(learned, data.test()));
        place.writeSettings(made);
        var space = new SearchSpace(start, data.train());
        var clock = circumstances.clock();
        boolean isHere =
                asked.remote().isEmpty()
                        || opened.proposer().stream().anyMatch(each -> each.remote().isEmpty());
        var search =
                new WholeSearch(
                        settings,
                        data,
                        place,
                        space,
                        new ResponderModel(
                                data.task(), space, opened.model(), asked.remote(), clock),
                        opened.proposer().stream()
                                .findFirst()
                                .map(each ->
                                        new ResponderProposer(
                                                opened.proposing(),
                                                learned,
                                                each.remote(),
                                                clock)));
        return search.run(
                request.budget(),
                isHere ? project.costs().machineHour() / HOUR : 0,
                project.seed(),
                circumstances,
                new WholeSearch.Kept(folder, learned));
    }

    private Map<String, Object> made(
            TaskSettings settings, TaskExamples data, Asked asked, List<Asked> proposer) {
        var made = new LinkedHashMap<String, Object>();
        made.put("format", FORMAT);
        made.put("task", data.task());
        made.put("start", settings.content().id());
        made.put("few_shot", settings.fewShot().counts());
        made.put("model", asked.name());
        made.put("model_digest", digest(asked));
        made.put(
                "proposer",
                proposer.stream().map(Asked::name).findFirst().orElse(SearchRequest.NONE));
        made.put("proposer_digest", proposer.stream().map(this::digest).findFirst().orElse(""));
        for (var split : List.of("train", "validation", "test")) {
            made.put(split, data.digest(split).orElse(""));
        }
        made.put("leakage", settings.leakage());
        made.put("seed", project.seed());
        return made;
    }

    private String digest(Asked asked) {
        return asked.remote()
                .map(remote -> remote.url() + " " + remote.model())
                .orElseGet(() -> circumstances.engines().digest(asked.name()));
    }

    /// The task's rows that may be sent to all who are asked; how many may not is said.
    private TaskExamples sendable(TaskSettings settings, List<Remote> remotes) {
        var data = TaskExamples.read(settings);
        if (remotes.stream().allMatch(each -> each.egress() == Egress.ALL)) {
            return data;
        }
        Problems.refuseUnless(
                settings.content().readers().isEveryone(),
                "the prompt of task '" + settings.name() + "'",
                "one that everyone may read where a remote model is asked whose egress is public",
                "one that some may",
                "set egress: all in " + Project.FILE + ", or search with a model of this machine");
        if (data.restricted() > 0) {
            circumstances
                    .progress()
                    .say(
                            data.restricted()
                                    + " examples are withheld from the search, as not everyone may read them and a remote model is asked"
                                    + " (egress: public).");
        }
        return data.publicRows();
    }

    private static Readers readers(Readers before, List<Example> examples) {
        return examples.stream().map(Example::readers).reduce(before, Readers::and);
    }

    private Responder open(
            Workbench workbench, TaskSettings settings, TaskExamples data, Asked asked) {
        var on = asked.remote().isPresent() ? project : project.with(asked.name());
        var planned = new Planned(on, settings, data, ApproachName.of("zero-shot"), asked.remote());
        return workbench.model(planned, Optional.empty());
    }

    /// A remote model by its name, else a local one.
    private Asked asked(String name) {
        return new Asked(name, project.remote(name));
    }

    private TaskSettings settings(String task) {
        return project.task(task)
                .orElseThrow(() ->
                        SartorException.user(
                                "there is no task '"
                                        + task
                                        + "' in "
                                        + Project.FILE
                                        + "."
                                        + Nearest.advice(task, project.taskNames())));
    }

    private static void check(TaskSettings settings, TaskExamples data) {
        var where = "of task '" + settings.name() + "' in " + Project.FILE;
        Problems.refuseUnless(
                !data.train().isEmpty(),
                "train " + where,
                "a file with examples",
                "none",
                "a search shows them, and reads from them what labels mean");
        Problems.refuseUnless(
                !data.validation().isEmpty(),
                "validation " + where,
                "a file with examples",
                "none",
                "a search chooses by them");
        var metric = Metrics.of(data.task());
        Problems.refuseUnless(
                !metric.name().equals("matthews"),
                "metric " + where,
                "one from 0 to 1 for a search",
                metric,
                "accuracy or macro_f1 suit it");
    }
}
