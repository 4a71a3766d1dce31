package dev.sartor.serve.openai;

import dev.sartor.core.Message;
import dev.sartor.core.Role;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Fields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads a chat request's messages. What a {@link Message} cannot carry is refused, with the reason.
final class Messages {
    private final Complaints complaints;

    private Messages(Complaints complaints) {
        this.complaints = complaints;
    }

    /// @return as many as could be read; anything left out has its complaint
    static List<Message> of(JsonNode list, Complaints complaints) {
        if (!list.isArray() || list.isEmpty()) {
            complaints.invalid("messages", "a list of at least one message", list);
            return List.of();
        }
        var reader = new Messages(complaints);
        var messages = new ArrayList<Message>();
        for (int i = 0; i < list.size(); i++) {
            reader.message(list.get(i), "messages[" + i + "]").ifPresent(messages::add);
        }
        if (messages.size() == list.size() && messages.getLast().role() != Role.USER) {
            complaints.invalid(
                    "messages",
                    "a conversation that ends with the user's turn",
                    "a last message of the " + messages.getLast().role().wireName());
        }
        return messages;
    }

    private Optional<Message> message(JsonNode node, String path) {
        if (!node.isObject()) {
            complaints.invalid(path, "an object with role and content", node);
            return Optional.empty();
        }
        var fields = new Fields(node, path + ".", complaints);
        fields.missing("role", "system, developer, user or assistant");
        var role = fields.text("role").flatMap(name -> role(name, path));
        var isAssistant = role.filter(Role.ASSISTANT::equals).isPresent();
        if (isAssistant) {
            acceptOwnAnswer(fields);
        }
        fields.unsupported("name", "the models here know no names of speakers");
        fields.unsupported("tool_call_id", "nothing here calls tools");
        if (role.isPresent()) {
            fields.missing("content", "a string or a list of text parts");
        }
        var content = fields.value("content").flatMap(c -> content(c, fields, path + ".content"));
        fields.refuseOthers();
        return role.flatMap(r -> content.map(text -> new Message(r, text)));
    }

    private Optional<Role> role(String name, String path) {
        return switch (name) {
            case "system", "developer" -> Optional.of(Role.SYSTEM);
            case "user" -> Optional.of(Role.USER);
            case "assistant" -> Optional.of(Role.ASSISTANT);
            case "tool", "function" -> {
                complaints.unsupported(
                        path + ".role",
                        "'" + name + "' brings a tool's result, and nothing here calls tools");
                yield Optional.empty();
            }
            default -> {
                complaints.invalid(
                        path + ".role", "system, developer, user or assistant", "'" + name + "'");
                yield Optional.empty();
            }
        };
    }

    /// An answer of this server can be sent back as part of the conversation, with all the fields that clients give it.
    private static void acceptOwnAnswer(Fields fields) {
        fields.ignored("sources");
        fields.ignored("statements");
        fields.ignored("confidence");
        fields.ignored("abstained");
        fields.ignored("omitted");
        fields.only("annotations", "[]", Neutral::isEmpty);
        fields.only("tool_calls", "[]: nothing here calls tools", Neutral::isEmpty);
        fields.unsupported("refusal", "a refusal is sent as content");
        fields.unsupported("function_call", "nothing here calls tools");
        fields.unsupported("audio", "messages are text");
    }

    private Optional<String> content(JsonNode node, Fields fields, String path) {
        if (node.isString()) {
            return fields.text("content");
        }
        if (!node.isArray() || node.isEmpty()) {
            complaints.invalid(path, "a string or a list of text parts", node);
            return Optional.empty();
        }
        var texts = new ArrayList<String>();
        for (int i = 0; i < node.size(); i++) {
            part(node.get(i), path + "[" + i + "]").ifPresent(texts::add);
        }
        return texts.size() == node.size()
                ? Optional.of(String.join("\n", texts))
                : Optional.empty();
    }

    private Optional<String> part(JsonNode node, String path) {
        if (!node.isObject()) {
            complaints.invalid(path, "an object with type and text", node);
            return Optional.empty();
        }
        var fields = new Fields(node, path + ".", complaints);
        fields.missing("type", "text");
        var type = fields.text("type");
        if (type.isPresent() && !type.get().equals("text")) {
            complaints.unsupported(
                    path + ".type",
                    "'" + type.get() + "' is not text, and the models here read text");
            return Optional.empty();
        }
        fields.missing("text", "a string");
        var text = fields.text("text");
        fields.refuseOthers();
        return text;
    }
}
