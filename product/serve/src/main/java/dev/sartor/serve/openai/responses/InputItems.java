package dev.sartor.serve.openai.responses;

import dev.sartor.core.Message;
import dev.sartor.core.Role;
import dev.sartor.serve.http.Complaints;
import dev.sartor.serve.http.Fields;
import dev.sartor.serve.openai.Extras;
import dev.sartor.serve.openai.Neutral;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Reads the input of a response: a text, or messages with what this server gave them when it answered.
final class InputItems {
    private static final String MESSAGE = "a message with role and content";

    private final Complaints complaints;

    private InputItems(Complaints complaints) {
        this.complaints = complaints;
    }

    /// @return as many as could be read; anything left out has its complaint
    static List<Message> of(JsonNode input, Complaints complaints) {
        if (input.isString()) {
            return List.of(Message.user(input.stringValue()));
        }
        if (!input.isArray() || input.isEmpty()) {
            complaints.invalid("input", "a string or a list of at least one message", input);
            return List.of();
        }
        var reader = new InputItems(complaints);
        var messages = new ArrayList<Message>();
        for (int i = 0; i < input.size(); i++) {
            reader.item(input.get(i), "input[" + i + "]").ifPresent(messages::add);
        }
        if (messages.size() == input.size() && messages.getLast().role() != Role.USER) {
            complaints.invalid(
                    "input",
                    "a conversation that ends with the user's turn",
                    "a last message of the " + messages.getLast().role().wireName());
        }
        return messages;
    }

    private Optional<Message> item(JsonNode node, String path) {
        if (!node.isObject()) {
            complaints.invalid(path, MESSAGE, node);
            return Optional.empty();
        }
        var fields = new Fields(node, path + ".", complaints);
        var type = fields.text("type").orElse("message");
        if (!type.equals("message")) {
            complaints.unsupported(
                    path + ".type",
                    "'"
                            + type
                            + "' is no message, and nothing here calls tools, reasons apart or keeps items");
            return Optional.empty();
        }
        fields.missing("role", "system, developer, user or assistant");
        var role = fields.text("role").flatMap(name -> role(name, path));
        if (role.filter(Role.ASSISTANT::equals).isPresent()) {
            Extras.NAMES.forEach(fields::ignored);
            fields.unsupported("phase", "the models here say an answer in one go");
        }
        fields.ignored("id");
        fields.ignored("status");
        fields.missing("content", "a string or a list of parts");
        var content = fields.value("content").flatMap(each -> content(each, path + ".content"));
        fields.refuseOthers();
        return role.flatMap(who -> content.map(text -> new Message(who, text)));
    }

    private Optional<Role> role(String name, String path) {
        return switch (name) {
            case "system", "developer" -> Optional.of(Role.SYSTEM);
            case "user" -> Optional.of(Role.USER);
            case "assistant" -> Optional.of(Role.ASSISTANT);
            default -> {
                complaints.invalid(
                        path + ".role", "system, developer, user or assistant", "'" + name + "'");
                yield Optional.empty();
            }
        };
    }

    private Optional<String> content(JsonNode node, String path) {
        if (node.isString()) {
            return Optional.of(node.stringValue());
        }
        if (!node.isArray() || node.isEmpty()) {
            complaints.invalid(path, "a string or a list of parts", node);
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
        fields.missing("type", "input_text or output_text");
        var type = fields.text("type").orElse("");
        if (!type.isEmpty() && !type.equals("input_text") && !type.equals("output_text")) {
            complaints.unsupported(
                    path + ".type", "'" + type + "' is not text, and the models here read text");
            return Optional.empty();
        }
        fields.missing("text", "a string");
        var text = fields.text("text");
        fields.only("annotations", "[]", Neutral::isEmpty);
        fields.only("logprobs", "[]", Neutral::isEmpty);
        fields.refuseOthers();
        return text;
    }
}
