package dev.sartor.data;

import dev.sartor.core.Message;
import dev.sartor.core.Role;
import dev.sartor.core.text.Nearest;
import dev.sartor.data.row.Quoted;
import dev.sartor.data.row.Row;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Lists of `{"role", "content"}`, as chats are kept in files.
final class Turns {
    private static final List<String> ROLES =
            Arrays.stream(Role.values()).map(Role::wireName).toList();

    private Turns() {}

    /// The conversation in a field of the row; empty where the row said a problem.
    static Optional<List<Message>> read(Row row, String field, JsonNode value) {
        if (!value.isArray() || value.isEmpty()) {
            row.problem(
                    "'"
                            + field
                            + "' must be a list of {\"role\", \"content\"}, got "
                            + Quoted.of(value.toString())
                            + ".");
            return Optional.empty();
        }
        var messages = new ArrayList<Message>();
        for (int i = 0; i < value.size(); i++) {
            turn(row, field + "[" + i + "]", value.get(i)).ifPresent(messages::add);
        }
        return messages.size() == value.size() ? Optional.of(messages) : Optional.empty();
    }

    private static Optional<Message> turn(Row row, String where, JsonNode turn) {
        if (!turn.isObject()) {
            row.problem(where + " must be an object, got " + Quoted.of(turn.toString()) + ".");
            return Optional.empty();
        }
        if (turn.has("tool_calls") && !turn.get("tool_calls").isEmpty()) {
            row.problem(where + " calls tools, which is not read yet.");
            return Optional.empty();
        }
        var content = turn.get("content");
        if (content == null || content.isNull()) {
            row.problem(where + " lacks 'content'.");
            return Optional.empty();
        }
        return role(row, where, turn.path("role").asString(""))
                .flatMap(role ->
                        row.text(content, where + ".content").map(text -> new Message(role, text)));
    }

    private static Optional<Role> role(Row row, String where, String name) {
        var role = Role.of(name);
        if (role.isEmpty()) {
            row.problem(
                    where
                            + ".role must be one of "
                            + String.join(", ", ROLES)
                            + ", got "
                            + Quoted.of(name)
                            + "."
                            + Nearest.hint(name, ROLES));
        }
        return role;
    }
}
