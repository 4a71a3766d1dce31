package dev.sartor.core.measure;

import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JacksonException;

/// What a model is asked to see whether it lost something that it could do before: questions with choices, and a text.
///
/// @param questions at least one
/// @param text read for its perplexity; plain prose
public record Probe(List<Question> questions, String text) {
    private static final String OWN = "Sartor's own probe";

    public Probe {
        questions = List.copyOf(questions);
    }

    /// A text's beginning and what may follow it.
    ///
    /// @param choices at least two; a blank stands between the query and each of them
    /// @param gold the number of the right one, from 0
    public record Question(String query, List<String> choices, int gold) {
        public Question {
            choices = List.copyOf(choices);
        }

        private boolean isSound() {
            return !query.isBlank()
                    && choices.size() >= 2
                    && choices.stream().noneMatch(String::isBlank)
                    && gold >= 0
                    && gold < choices.size();
        }
    }

    /// A hundred questions of everyday knowledge, language and numbers, and a page of prose, all written for Sartor.
    public static Probe own() {
        return new Probe(
                read(OWN, resource("probe/questions.jsonl").lines().toList()),
                resource("probe/text.txt"));
    }

    /// Questions of the user's own, with Sartor's own text.
    ///
    /// @param file JSONL with query, choices and gold
    /// @throws SartorException a user's error that names every line that is no question
    public static Probe read(Path file) {
        try {
            return new Probe(
                    read(file.toString(), Files.readAllLines(file)), resource("probe/text.txt"));
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static List<Question> read(String name, List<String> lines) {
        var problems = new Problems();
        var questions = new ArrayList<Question>();
        for (int i = 0; i < lines.size(); i++) {
            if (!lines.get(i).isBlank()) {
                var read = question(lines.get(i));
                read.ifPresent(questions::add);
                if (read.isEmpty()) {
                    problems.add(
                            name + ":" + (i + 1),
                            "a question must have query, at least two choices and gold, the right one's number"
                                    + " from 0, such as {\"query\": \"Snow is\", \"choices\": [\"white\","
                                    + " \"black\"], \"gold\": 0}.");
                }
            }
        }
        if (questions.isEmpty() && problems.isEmpty()) {
            problems.add(name, "there is no question in it. A hundred are usual.");
        }
        problems.throwIfAny();
        return questions;
    }

    private static Optional<Question> question(String line) {
        try {
            var read = Json.mapper().readTree(line);
            var choices = new ArrayList<String>();
            read.path("choices").forEach(choice -> choices.add(choice.asString("")));
            var question =
                    new Question(
                            read.path("query").asString(""), choices, read.path("gold").asInt(-1));
            return Optional.of(question).filter(Question::isSound);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static String resource(String name) {
        try (var in = Probe.class.getResourceAsStream(name)) {
            return new String(
                    Optional.ofNullable(in)
                            .orElseThrow(() -> SartorException.defect("no resource " + name))
                            .readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw SartorException.defect("cannot read the resource " + name, e);
        }
    }
}
