package dev.sartor.serve.openai.job;

import dev.sartor.core.Json;
import dev.sartor.serve.http.Failure;
import dev.sartor.serve.http.Refused;
import dev.sartor.serve.job.Page;
import io.javalin.http.Context;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads which part of a list a request asks for, and writes it.
final class Asked {
    private static final int LONGEST_ID = 200;
    private static final Set<String> PAGES = Set.of("limit", "after");

    private Asked() {}

    /// @param usual how many where the client names no number
    /// @param others further parameters that the list takes
    /// @throws Refused where a parameter is wrong or unknown
    static Page page(Context context, int most, int usual, Set<String> others) {
        for (var name : context.queryParamMap().keySet()) {
            if (!PAGES.contains(name) && !others.contains(name)) {
                throw wrong(name, "is not a parameter that this list knows; leave it out");
            }
        }
        var after = Optional.ofNullable(context.queryParam("after"));
        if (after.filter(id -> id.length() > LONGEST_ID).isPresent()) {
            throw wrong("after", "must be an id of the list");
        }
        return new Page(limit(context, most, usual), after, isNewestFirst(context));
    }

    private static int limit(Context context, int most, int usual) {
        var text = context.queryParam("limit");
        if (text == null) {
            return usual;
        }
        int limit = text.matches("\\d{1,6}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > most) {
            throw wrong("limit", "must be a whole number from 1 to " + most);
        }
        return limit;
    }

    private static boolean isNewestFirst(Context context) {
        var order = context.queryParam("order");
        return switch (order) {
            case null -> true;
            case "desc" -> true;
            case "asc" -> false;
            default -> throw wrong("order", "must be asc or desc");
        };
    }

    static Refused wrong(String name, String rule) {
        return new Refused(
                Failure.client(400, name + " " + rule + ".", Optional.of(name), "invalid_value"));
    }

    /// @param <T> what the list is of
    static <T> ObjectNode list(
            Page.Part<T> part, Function<T, ObjectNode> json, Function<T, String> id) {
        var list = Json.mapper().createObjectNode().put("object", "list");
        var data = list.putArray("data");
        part.items().forEach(item -> data.add(json.apply(item)));
        if (part.items().isEmpty()) {
            list.putNull("first_id").putNull("last_id");
        } else {
            list.put("first_id", id.apply(part.items().getFirst()))
                    .put("last_id", id.apply(part.items().getLast()));
        }
        return list.put("has_more", part.hasMore());
    }

    /// Up to 16 texts of the client's own, as the API has them.
    static boolean isMetadata(JsonNode node) {
        return node.isObject()
                && node.size() <= 16
                && node.properties().stream()
                        .allMatch(each ->
                                each.getKey().length() <= 64
                                        && each.getValue().isString()
                                        && each.getValue().stringValue().length() <= 512);
    }
}
