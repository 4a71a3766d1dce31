package dev.sartor.cli.limits;

import dev.sartor.core.Json;
import dev.sartor.state.LimitSubject;
import dev.sartor.state.UsageLimits;
import java.util.ArrayList;
import java.util.Locale;
import java.util.OptionalLong;
import tools.jackson.databind.node.ObjectNode;

/// Limits as they are shown.
final class LimitText {
    private LimitText() {}

    static String text(UsageLimits limits) {
        var parts = new ArrayList<String>();
        limits.requestsMinute().ifPresent(n -> parts.add(n + " requests a minute"));
        limits.tokensMinute().ifPresent(n -> parts.add(n + " tokens a minute"));
        limits.concurrent().ifPresent(n -> parts.add(n + " at once"));
        limits.budget().ifPresent(n -> parts.add(Money.text(n) + " a month"));
        return String.join(", ", parts);
    }

    static String cell(OptionalLong value) {
        return value.isPresent() ? Long.toString(value.getAsLong()) : "-";
    }

    static ObjectNode json(LimitSubject subject, UsageLimits limits) {
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("kind", subject.kind().name().toLowerCase(Locale.ROOT))
                        .put("name", subject.name());
        put(json, "requests_per_minute", limits.requestsMinute());
        put(json, "tokens_per_minute", limits.tokensMinute());
        put(json, "concurrent", limits.concurrent());
        if (limits.budget().isPresent()) {
            json.put("budget", Money.number(limits.budget().getAsLong()));
        } else {
            json.putNull("budget");
        }
        return json;
    }

    private static void put(ObjectNode json, String name, OptionalLong value) {
        if (value.isPresent()) {
            json.put(name, value.getAsLong());
        } else {
            json.putNull(name);
        }
    }
}
