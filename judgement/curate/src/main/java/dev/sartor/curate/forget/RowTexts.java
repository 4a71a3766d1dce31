package dev.sartor.curate.forget;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/// Texts of rows that go, as far as no row that stays has them: a label or a system's prompt is many rows' and tells of none.
public final class RowTexts {
    /// In characters: a shorter text stands in others by chance.
    private static final int SHORTEST_PART = 12;

    private final Set<String> going = new HashSet<>();
    private final Set<String> staying = new HashSet<>();
    private List<String> parts = List.of();

    public void goes(JsonNode row) {
        strings(row, going::add);
    }

    /// Told after all that go, of each row that stays.
    public void stays(JsonNode row) {
        strings(
                row,
                text -> {
                    if (going.contains(text)) {
                        staying.add(text);
                    }
                });
    }

    /// Ends the telling.
    public void settle() {
        going.removeAll(staying);
        going.removeIf(String::isBlank);
        staying.clear();
        parts =
                going.stream()
                        .filter(text -> text.strip().length() >= SHORTEST_PART)
                        .sorted(Comparator.comparingInt(String::length).reversed())
                        .toList();
    }

    /// Whether it is one of them.
    public boolean isOne(String text) {
        return going.contains(text);
    }

    /// Whether a text of a row is one of them, or holds one that is not short.
    public boolean areIn(JsonNode row) {
        if (parts.isEmpty()) {
            return false;
        }
        var found = new ArrayList<String>();
        strings(
                row,
                text -> {
                    if (found.isEmpty() && parts.stream().anyMatch(text::contains)) {
                        found.add(text);
                    }
                });
        return !found.isEmpty();
    }

    /// Those that are not short, the longest first.
    public List<String> parts() {
        return parts;
    }

    private static void strings(JsonNode node, Consumer<String> takes) {
        if (node.isString()) {
            takes.accept(node.stringValue());
        }
        for (var each : node) {
            strings(each, takes);
        }
    }
}
