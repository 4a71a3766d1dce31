package dev.sartor.compare.approach;

import dev.sartor.core.Example;
import dev.sartor.core.Principal;
import dev.sartor.core.Problems;
import dev.sartor.core.Task;
import dev.sartor.curate.NearLeaks;
import dev.sartor.data.CuratedFile;
import dev.sartor.data.DataFormat;
import dev.sartor.data.ExampleReader;
import dev.sartor.data.Leakage;
import dev.sartor.data.ReadResult;
import dev.sartor.data.ReadRules;
import dev.sartor.project.Project;
import dev.sartor.project.setting.LeakageRule;
import dev.sartor.project.setting.Metrics;
import dev.sartor.project.setting.TaskSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// A task with its examples, free of leaks between what is learned from and what is measured on.
///
/// @param digests SHA-256 of each file by its role: `train`, `validation`, `test`
/// @param said what the user should know, one sentence each
/// @param warnings what the comparison will not be able to tell, one sentence each
public record TaskExamples(
        Task task,
        List<Example> train,
        List<Example> validation,
        List<Example> test,
        Map<String, String> digests,
        List<String> said,
        List<String> warnings) {
    /// What the digest of how many training examples were withheld is called among the digests.
    static final String WITHHELD = "train-withheld";

    public TaskExamples {
        train = List.copyOf(train);
        validation = List.copyOf(validation);
        test = List.copyOf(test);
        digests = Map.copyOf(digests);
        said = List.copyOf(said);
        warnings = List.copyOf(warnings);
    }

    /// Throws a user's error that names every bad row and, unless the task says otherwise, every leak
    public static TaskExamples read(TaskSettings settings) {
        var problems = new Problems();
        var data = read(settings, problems);
        problems.throwIfAny();
        return data;
    }

    /// Of the task with other words.
    TaskExamples with(Task other) {
        return new TaskExamples(other, train, validation, test, digests, said, warnings);
    }

    /// Without the training examples that not everyone may read; that some are missing stands among the digests.
    TaskExamples publicTraining() {
        var open = open(train);
        if (open.size() == train.size()) {
            return this;
        }
        var named = new LinkedHashMap<>(digests);
        named.put(WITHHELD, String.valueOf(train.size() - open.size()));
        return new TaskExamples(task, open, validation, test, named, said, warnings);
    }

    /// Of all splits the rows that everyone may read.
    public TaskExamples publicRows() {
        return new TaskExamples(
                task, open(train), open(validation), open(test), digests, said, warnings);
    }

    private static List<Example> open(List<Example> rows) {
        return rows.stream().filter(each -> each.readers().isEveryone()).toList();
    }

    /// How many rows of all splits not everyone may read.
    public int restricted() {
        return (int) all().filter(each -> !each.readers().isEveryone()).count();
    }

    /// Whether a row says who would ask it.
    public boolean hasAskers() {
        return all().anyMatch(each -> each.asker().isPresent());
    }

    /// How many rows each would ask, in all splits; of rows without an asker it is the one at this machine.
    public Map<Principal, Integer> askers() {
        var rows = new LinkedHashMap<Principal, Integer>();
        all().forEach(each -> rows.merge(each.principal(), 1, Integer::sum));
        return rows;
    }

    private Stream<Example> all() {
        return Stream.of(train, validation, test).flatMap(List::stream);
    }

    /// Opens no file but the training examples, and those only where a candidate shows them.
    public static TaskExamples toServe(TaskSettings settings, boolean withTraining) {
        var train =
                settings.train()
                        .filter(file -> withTraining)
                        .map(file -> ExampleReader.read(file, settings.format(), rules(settings)));
        return new TaskExamples(
                settings.task(),
                train.map(ReadResult::examples).orElse(List.of()),
                List.of(),
                List.of(),
                train.map(rows -> Map.of("train", rows.sha256())).orElse(Map.of()),
                List.of(),
                List.of());
    }

    public static List<Example> validation(TaskSettings settings) {
        return settings.validation()
                .map(file -> ExampleReader.read(file, settings.format(), rules(settings)))
                .map(ReadResult::examples)
                .orElse(List.of());
    }

    private static ReadRules rules(TaskSettings settings) {
        return ReadRules.of(settings.task())
                .withColumns(settings.columns().text(), settings.columns().label())
                .withGroups(settings.columns().group())
                .withAskers(settings.columns().asker());
    }

    /// Collects what is wrong; the result holds the good rows alone.
    public static TaskExamples read(TaskSettings settings, Problems problems) {
        var task = settings.task();
        var said = new ArrayList<String>();
        var digests = new LinkedHashMap<String, String>();
        var files = new LinkedHashMap<String, Path>();
        settings.train().ifPresent(file -> files.put("train", file));
        settings.validation().ifPresent(file -> files.put("validation", file));
        files.put("test", settings.test());
        var read = new LinkedHashMap<String, List<Example>>();
        var rules = rules(settings);
        var formats = EnumSet.noneOf(DataFormat.class);
        files.forEach((role, file) -> {
            var rows =
                    ExampleReader.read(
                            file,
                            settings.format(),
                            role.equals("test") ? rules.withoutMade() : rules,
                            problems);
            read.put(role, rows.examples());
            digests.put(role, rows.sha256());
            CuratedFile.recipe(file, rows.sha256())
                    .ifPresent(recipe -> digests.put(role + "-recipe", recipe));
            said.addAll(notes(settings, role, rows));
            formats.add(rows.format());
        });
        var clean =
                withoutLeaks(
                        settings,
                        new TaskExamples(
                                task,
                                read.getOrDefault("train", List.of()),
                                read.getOrDefault("validation", List.of()),
                                read.getOrDefault("test", List.of()),
                                digests,
                                said,
                                List.of()),
                        problems);
        return clean.warned(settings, formats.contains(DataFormat.TEXT_LABEL));
    }

    private TaskExamples warned(TaskSettings settings, boolean labelled) {
        return new TaskExamples(
                task,
                train,
                validation,
                test,
                digests,
                said,
                new LabelWarnings(settings, this).all(labelled));
    }

    private static List<String> notes(TaskSettings settings, String role, ReadResult rows) {
        var notes = new ArrayList<>(rows.notes());
        var repeats = rows.repeats();
        if (!repeats.isNone()) {
            notes.add(settings.name() + ", " + role + ": " + repeats.told());
        }
        var groups = rows.examples().stream().flatMap(each -> each.group().stream()).distinct();
        long count = groups.count();
        if (role.equals("test") && count > 0) {
            notes.add(
                    String.format(
                            Locale.ROOT,
                            Metrics.isJudged(settings.task())
                                    ? "%s, test: %,d examples in %,d groups ('%s'), of which a judge's intervals take no notice."
                                    : "%s, test: %,d examples in %,d groups ('%s'); intervals are by group.",
                            settings.name(),
                            rows.examples().size(),
                            count,
                            settings.columns().group()));
        }
        return notes;
    }

    private static void refuseNear(TaskSettings settings, TaskExamples data, Problems problems) {
        if (NearLeaks.addTo(problems, data.test(), data.train(), data.validation()) > 0) {
            problems.add(
                    Project.FILE,
                    "the test rows above of task '"
                            + settings.name()
                            + "' flatter whatever has seen the like of them. `sartor data clean` takes them out of the"
                            + " training rows; 'leakage: refuse' refuses equal rows alone.");
        }
    }

    private static TaskExamples withoutLeaks(
            TaskSettings settings, TaskExamples data, Problems problems) {
        if (settings.leakage() == LeakageRule.NEAR) {
            refuseNear(settings, data, problems);
        }
        var leakage = Leakage.find(data.train(), data.validation(), data.test());
        if (leakage.isNone()) {
            return data;
        }
        return switch (settings.leakage()) {
            case REFUSE, NEAR -> {
                leakage.addTo(problems);
                problems.add(
                        Project.FILE,
                        "the test rows above of task '"
                                + settings.name()
                                + "' flatter whatever has seen them. Take them out of one side, or set"
                                + " 'leakage: drop-from-training' to drop the training rows.");
                yield data;
            }
            case DROP_FROM_TRAINING -> {
                var kept = leakage.dropFromTraining(data.train(), data.validation());
                var said = new ArrayList<>(data.said());
                kept.said().forEach(line -> said.add(settings.name() + ": " + line));
                yield new TaskExamples(
                        data.task(),
                        kept.train(),
                        kept.validation(),
                        data.test(),
                        data.digests(),
                        said,
                        List.of());
            }
        };
    }

    /// The file's digest; empty where the task has no such file.
    public Optional<String> digest(String role) {
        return Optional.ofNullable(digests.get(role));
    }
}
