package dev.sartor.project.curation;

import dev.sartor.core.Problems;
import dev.sartor.project.setting.YamlBinder;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.Setting;
import dev.sartor.project.yaml.YamlSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// How several sets of rows become one to train on, as a file of its own states it.
public record MixtureSettings(
        @Setting(
                        means =
                                "How many rows the mixture has. Without it as many as the sets give without any row standing twice.",
                        example = "10000",
                        least = 1,
                        most = 100_000_000)
                Optional<Integer> rows,
        @Setting(
                        means =
                                "1 mixes sets by their sizes, more evens them out, as sizes count to the power of 1 ÷ temperature"
                                        + " (Raffel et al. 2020). 2 to 4 are usual.",
                        fallback = "1",
                        example = "2",
                        least = 1,
                        most = 100)
                double temperature,
        @Setting(
                        means =
                                "The size at which a set counts at most, so that a huge one does not fill the mixture.",
                        example = "3000",
                        least = 1)
                Optional<Integer> cap,
        @Setting(
                        means =
                                "How often a row may stand in the mixture at most. What a small set cannot give without it, the others"
                                        + " give.",
                        fallback = "1",
                        example = "4",
                        least = 1,
                        most = 100)
                double maxEpochs,
        @Setting(
                        means = "Where chance starts: the draw, the templates, the order.",
                        fallback = "1",
                        example = "1",
                        least = 0)
                long seed,
        @Setting(
                        means = "The sets, one entry for each.",
                        example =
                                """

                                - name: route
                                  files: [route/train.jsonl]\
                                """,
                        advice = "Name at least one.")
                List<MixedSet> sets) {
    public MixtureSettings {
        sets = List.copyOf(sets);
        Problems.refuseUnless(
                !sets.isEmpty()
                        && sets.stream().map(MixedSet::name).distinct().count() == sets.size(),
                "sets",
                "at least one set, each with a name of its own",
                sets.stream().map(MixedSet::name).toList(),
                "give each set another name");
    }

    /// One set.
    public record MixedSet(
            @Setting(
                            means = "What the set is called; stands in each of its rows, as `set`.",
                            example = "route",
                            pattern = "[A-Za-z0-9][A-Za-z0-9._-]{0,63}",
                            rule = "letters, digits, dots, hyphens and underscores")
                    String name,
            @Setting(
                            means =
                                    "Files with rows: JSONL, JSON, CSV, Parquet or Arrow; or a folder, whose other text files are a row each.",
                            example = "[route/train.jsonl]")
                    List<Path> files,
            @Setting(
                            means = "How much the set counts beside its size.",
                            fallback = "1",
                            example = "2",
                            least = 0,
                            above = true,
                            most = 1000)
                    double weight,
            @Setting(
                            means =
                                    "Prompts that a row is put into, one of them by chance (Flan 2 mixes several a task). They see the"
                                            + " row's fields, and `options`, the labels of the set. Without any the rows stay as they are.",
                            fallback = "[]",
                            example = "[{user: '{{ text }}', assistant: '{{ label }}'}]")
                    List<MixedPrompt> templates,
            @Setting(
                            means =
                                    "How many solved examples of the same set stand before a row, one of these numbers by chance. Only with"
                                            + " templates, and only rows that the same people may read.",
                            fallback = "[0]",
                            example = "[0, 2]",
                            least = 0,
                            most = 32)
                    List<Integer> fewShot,
            @Setting(
                            means =
                                    "Whether the rows are the files of one repository: they are joined to texts of at most 100,000 characters, each"
                                            + " file behind those that it imports (DeepSeek-Coder, Guo et al. 2024). Only without templates.",
                            fallback = "false",
                            example = "true")
                    boolean repository) {
        public MixedSet {
            files = List.copyOf(files);
            templates = List.copyOf(templates);
            fewShot = List.copyOf(fewShot);
            Problems.refuseUnless(
                    !fewShot.isEmpty()
                            && (!templates.isEmpty()
                                    || fewShot.stream().allMatch(count -> count == 0)),
                    "few_shot",
                    "[0] where a set has no templates",
                    fewShot,
                    "add templates, which say how an example is shown");
            Problems.refuseUnless(
                    !repository || templates.isEmpty(),
                    "repository",
                    "false where a set has templates",
                    repository,
                    "a repository's texts are learned as they are");
        }
    }

    /// One prompt in the template language.
    public record MixedPrompt(
            @Setting(
                            means = "The system's turn, where there is one.",
                            example = "Answer with one word.")
                    Optional<String> system,
            @Setting(means = "The user's turn.", example = "'{{ text }}'") String user,
            @Setting(means = "What is to be answered.", example = "'{{ label }}'")
                    String assistant) {}

    /// @throws dev.sartor.core.SartorException a user's error with every problem of the file, by line
    public static MixtureSettings read(Path file) {
        var shown = String.valueOf(file.getFileName());
        var problems = new FileProblems(shown);
        var folder = file.toAbsolutePath().normalize().getParent();
        var binder = new YamlBinder(folder == null ? Path.of("") : folder, problems);
        var read =
                YamlSource.mapping(YamlSource.text(file, shown), problems)
                        .flatMap(mapping -> binder.record(mapping, MixtureSettings.class, ""));
        problems.throwIfAny();
        return read.orElseThrow();
    }
}
