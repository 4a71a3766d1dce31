package dev.sartor.compare.run;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.node.ObjectNode;

/// The answers that a project's runs keep, those to validation examples and those of repeats and further seeds among them, of which
/// some must go.
///
/// @param project its folder
/// @param isDry whether they are only found, and nothing is written
public record AnswerErasure(Path project, boolean isDry) {
    private static final Set<String> ANSWERS =
            Set.of("answers.jsonl", "answers.part.jsonl", "validation.jsonl");

    /// What was computed from a run's answers, quotes them, and can be made anew.
    private static final List<String> DERIVED = List.of("checks.json", "judged.json");

    /// Answers of one file that go, or went.
    ///
    /// @param file from the project's folder
    public record Erased(String file, int answers) {}

    /// Answers to which a passage of one of these documents was shown. The passages go, and with them what was said; of an answer that is
    /// one of the task's labels they alone.
    public List<Erased> citing(Set<String> documents) {
        return each((file, answer) -> {
            if (StreamSupport.stream(answer.path("passages").spliterator(), false)
                    .noneMatch(each -> documents.contains(each.path("document").asString("")))) {
                return Optional.of(answer);
            }
            return Optional.of(redacted(answer, documents, labels(file.resolveSibling("."))));
        });
    }

    /// Answers to questions that go, as a whole.
    public List<Erased> asking(Predicate<String> question) {
        return each((_, answer) ->
                question.test(answer.path("question").asString(""))
                        ? Optional.empty()
                        : Optional.of(answer));
    }

    private static ObjectNode redacted(
            ObjectNode answer, Set<String> documents, Set<String> labels) {
        var left = answer.deepCopy();
        var passages = left.putArray("passages");
        answer.path("passages")
                .forEach(passage -> {
                    if (!documents.contains(passage.path("document").asString(""))) {
                        passages.add(passage);
                    }
                });
        if (!labels.contains(answer.path("answer").asString(""))) {
            left.put("answer", "");
        }
        if (!labels.contains(answer.path("free_text").asString(""))) {
            left.putNull("free_text");
        }
        return left;
    }

    /// Of the task that the run is of; none where it is no classification, or the run does not say.
    private static Set<String> labels(Path run) {
        var labels = new HashSet<String>();
        RecordedSources.read(run.normalize())
                .ifPresent(madeOf ->
                        madeOf.json()
                                .path("settings")
                                .path("tasks")
                                .forEach(task ->
                                        task.path("labels")
                                                .forEach(label -> labels.add(label.asString("")))));
        return labels;
    }

    @FunctionalInterface
    private interface Rule {
        /// @return the answer as it stays; empty where it goes
        Optional<ObjectNode> of(Path file, ObjectNode answer);
    }

    private List<Erased> each(Rule rule) {
        var erased = new ArrayList<Erased>();
        for (var file : files()) {
            int changed = inFile(file, answer -> rule.of(file, answer));
            if (changed > 0) {
                erased.add(
                        new Erased(
                                project.relativize(file).toString().replace('\\', '/'), changed));
            }
        }
        return erased;
    }

    private int inFile(Path file, Function<ObjectNode, Optional<ObjectNode>> rule) {
        var lines = new StringBuilder();
        int changed = 0;
        for (var answer : answers(file)) {
            var left = rule.apply(answer);
            changed += left.equals(Optional.of(answer)) ? 0 : 1;
            left.ifPresent(each -> lines.append(each).append('\n'));
        }
        if (changed > 0 && !isDry) {
            DERIVED.forEach(name -> AtomicFile.delete(file.resolveSibling(name)));
            AtomicFile.write(file, lines.toString());
        }
        return changed;
    }

    private static List<ObjectNode> answers(Path file) {
        try (var lines = Files.lines(file)) {
            return lines.filter(line -> !line.isBlank())
                    .map(line -> (ObjectNode) Json.mapper().readTree(line))
                    .toList();
        } catch (JacksonException | ClassCastException e) {
            throw SartorException.user(
                    file
                            + " is damaged: remove its folder, `sartor compare` makes the run anew; then run the same command again.",
                    e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private List<Path> files() {
        var runs = project.resolve("runs");
        if (!Files.isDirectory(runs)) {
            return List.of();
        }
        try (var all = Files.walk(runs)) {
            return all.filter(file -> ANSWERS.contains(String.valueOf(file.getFileName())))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw SartorException.missing("cannot list " + runs + ": " + e.getMessage(), e);
        }
    }
}
