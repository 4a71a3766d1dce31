package dev.sartor.prompt.version;

import static dev.sartor.prompt.version.PromptJson.ANSWER;
import static dev.sartor.prompt.version.PromptJson.CREATED;
import static dev.sartor.prompt.version.PromptJson.EXAMPLES;
import static dev.sartor.prompt.version.PromptJson.INSTRUCTION;
import static dev.sartor.prompt.version.PromptJson.MESSAGES;
import static dev.sartor.prompt.version.PromptJson.NOTE;
import static dev.sartor.prompt.version.PromptJson.PARENT;
import static dev.sartor.prompt.version.PromptJson.QUESTION;
import static dev.sartor.prompt.version.PromptJson.READERS;
import static dev.sartor.prompt.version.PromptJson.SYSTEM;
import static dev.sartor.prompt.version.PromptJson.USER;

import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Problems;
import dev.sartor.core.Readers;
import dev.sartor.core.Role;
import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads a version's file, as {@link PromptJson} writes it or a person does.
final class PromptFile {
    private static final Set<String> KEYS =
            Set.of(INSTRUCTION, SYSTEM, USER, EXAMPLES, READERS, PARENT, NOTE, CREATED);

    private PromptFile() {}

    /// @throws SartorException a user's error with everything that is wrong in the file
    static PromptVersion read(Path file) {
        return read(Json.read(file), file.toString());
    }

    /// @param where it stands, for messages
    /// @throws SartorException a user's error with everything that is wrong in it
    static PromptVersion read(JsonNode json, String where) {
        var problems = new Problems();
        if (!json.isObject()) {
            problems.add(where, "must hold a prompt: an object with \"instruction\"");
        }
        json.propertyNames().stream()
                .filter(key -> !KEYS.contains(key))
                .forEach(key ->
                        problems.add(
                                where,
                                "unknown key '"
                                        + key
                                        + "'; there are "
                                        + String.join(", ", KEYS.stream().sorted().toList())));
        var instruction = text(json, INSTRUCTION, where, problems);
        var system = text(json, SYSTEM, where, problems);
        var user = text(json, USER, where, problems);
        if (instruction.filter(each -> !each.isBlank()).isEmpty()) {
            problems.add(where, "instruction is missing: say what a person would be told");
        }
        if (system.isPresent() != user.isPresent()) {
            problems.add(where, "system and user come together: give both or neither");
        }
        var examples = examples(json.path(EXAMPLES), where, problems);
        var readers = readers(json.path(READERS), where, problems);
        var parent = text(json, PARENT, where, problems);
        var note = text(json, NOTE, where, problems);
        var created = created(text(json, CREATED, where, problems), where, problems);
        problems.throwIfAny();
        return new PromptVersion(
                new PromptContent(
                        instruction.orElseThrow(),
                        system.map(text -> new PromptContent.Texts(text, user.orElseThrow())),
                        examples,
                        readers),
                parent,
                note,
                created);
    }

    private static Optional<String> text(
            JsonNode json, String key, String where, Problems problems) {
        var node = json.path(key);
        if (!node.isMissingNode() && !node.isString()) {
            problems.add(where, key + " must be a text, got " + node);
        }
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    private static List<Shot> examples(JsonNode list, String where, Problems problems) {
        if (!list.isMissingNode() && !list.isArray()) {
            problems.add(where, "examples must be a list, got " + list);
        }
        var shots = new ArrayList<Shot>();
        for (var each : list) {
            try {
                shots.add(new Shot(input(each), each.path(ANSWER).asString("")));
            } catch (SartorException e) {
                problems.add(where, String.valueOf(e.getMessage()));
            }
        }
        return shots;
    }

    private static List<Message> input(JsonNode shot) {
        if (shot.path(QUESTION).isString()) {
            return List.of(Message.user(shot.path(QUESTION).stringValue()));
        }
        var messages = new ArrayList<Message>();
        for (var turn : shot.path(MESSAGES)) {
            messages.add(
                    new Message(
                            role(turn.path("role").asString("")),
                            turn.path("content").asString("")));
        }
        return messages;
    }

    private static Role role(String word) {
        return Role.of(word)
                .orElseThrow(() ->
                        SartorException.user(
                                "an example's role must be system, user or assistant, got '"
                                        + word
                                        + "'"));
    }

    /// What cannot be understood must not admit anyone.
    private static Readers readers(JsonNode list, String where, Problems problems) {
        if (list.isMissingNode()) {
            return Readers.everyone();
        }
        var clauses = new HashSet<Set<String>>();
        boolean isSound = list.isArray();
        for (var clause : list) {
            var names = new HashSet<String>();
            isSound &= clause.isArray();
            for (var name : clause) {
                isSound &= name.isString() && !name.stringValue().isBlank();
                names.add(name.asString(""));
            }
            clauses.add(names);
        }
        if (!isSound) {
            problems.add(
                    where,
                    "readers must be a list of lists of names such as [[\"group:sales\"]], got "
                            + list);
        }
        return new Readers(clauses);
    }

    private static Instant created(Optional<String> text, String where, Problems problems) {
        try {
            return text.map(Instant::parse).orElse(Instant.EPOCH);
        } catch (DateTimeException e) {
            problems.add(
                    where,
                    "created must be a time such as 2026-12-01T08:00:00Z, got " + text.orElse(""));
            return Instant.EPOCH;
        }
    }
}
