package dev.sartor.cli.prompts;

import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.prompt.version.Shot;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/// Versions as they are shown.
final class VersionText {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT)
                    .withZone(ZoneId.systemDefault());

    private VersionText() {}

    static String time(PromptVersion version) {
        return version.created().equals(Instant.EPOCH) ? "-" : time(version.created());
    }

    static String time(Instant moment) {
        return TIME.format(moment);
    }

    /// What is said to the model, a line each, as two versions are compared.
    static List<String> lines(PromptContent content) {
        var lines = new ArrayList<String>();
        part("instruction", content.instruction(), lines);
        content.texts()
                .ifPresent(own -> {
                    part("system", own.system(), lines);
                    part("user", own.user(), lines);
                });
        int number = 0;
        for (var shot : content.examples()) {
            part("example " + ++number, text(shot), lines);
        }
        if (!content.readers().isEveryone()) {
            part("readers", content.readers().sorted().toString(), lines);
        }
        return lines;
    }

    private static void part(String name, String text, List<String> lines) {
        lines.add(name + ":");
        text.lines().map(line -> "  " + line).forEach(lines::add);
    }

    private static String text(Shot shot) {
        var turns = new ArrayList<>(shot.input());
        turns.add(Message.assistant(shot.answer()));
        return String.join(
                "\n",
                turns.stream()
                        .map(turn -> turn.role().wireName() + ": " + turn.content())
                        .toList());
    }

    /// As it lies in its file, with its id and task.
    static ObjectNode json(PromptVersion version, TaskVersions of) {
        var json =
                Json.mapper()
                        .createObjectNode()
                        .put("task", of.task())
                        .put("id", version.id())
                        .put("digest", version.content().digest());
        json.setAll((ObjectNode) Json.mapper().readTree(PromptVersions.text(version)));
        return json;
    }
}
