package dev.sartor.prompt.version;

import dev.sartor.core.Json;
import tools.jackson.databind.node.ObjectNode;

/// How a version is written. The canonical form is one line of JSON with the content alone, its keys in this order, and
/// without those that say nothing.
final class PromptJson {
    static final String INSTRUCTION = "instruction";
    static final String SYSTEM = "system";
    static final String USER = "user";
    static final String EXAMPLES = "examples";
    static final String QUESTION = "question";
    static final String MESSAGES = "messages";
    static final String ANSWER = "answer";
    static final String READERS = "readers";
    static final String PARENT = "parent";
    static final String NOTE = "note";
    static final String CREATED = "created";

    private PromptJson() {}

    static String canonical(PromptContent content) {
        return Json.line(json(content));
    }

    static String text(PromptVersion version) {
        var json = json(version.content());
        version.parent().ifPresent(id -> json.put(PARENT, id));
        version.note().ifPresent(note -> json.put(NOTE, note));
        json.put(CREATED, version.created().toString());
        return Json.pretty(json) + "\n";
    }

    static ObjectNode json(PromptContent content) {
        var json = Json.mapper().createObjectNode().put(INSTRUCTION, content.instruction());
        content.texts().ifPresent(own -> json.put(SYSTEM, own.system()).put(USER, own.user()));
        if (!content.examples().isEmpty()) {
            var examples = json.putArray(EXAMPLES);
            content.examples().forEach(shot -> examples.add(json(shot)));
        }
        if (!content.readers().isEveryone()) {
            json.set(READERS, Json.mapper().valueToTree(content.readers().sorted()));
        }
        return json;
    }

    private static ObjectNode json(Shot shot) {
        var json = Json.mapper().createObjectNode();
        if (shot.input().size() == 1) {
            json.put(QUESTION, shot.input().getFirst().content());
        } else {
            var messages = json.putArray(MESSAGES);
            for (var turn : shot.input()) {
                messages.addObject()
                        .put("role", turn.role().wireName())
                        .put("content", turn.content());
            }
        }
        return json.put(ANSWER, shot.answer());
    }
}
