package dev.sartor.cli.runs;

import dev.sartor.cli.console.Table;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Settings of sections within sections, one row for each under its full key, such as `tasks[0].tune.rank`.
final class SettingRows {
    private final Table table;

    private SettingRows(Table table) {
        this.table = table;
    }

    static Table of(Map<String, Object> settings) {
        var table = new Table("SETTING", "VALUE");
        new SettingRows(table).addSection("", settings);
        return table;
    }

    private void addSection(String before, Map<?, ?> section) {
        section.forEach((key, value) -> add(before + key, value));
    }

    private void add(String key, @Nullable Object value) {
        switch (value) {
            case null -> table.row(key, "not set");
            case Map<?, ?> section -> addSection(key + ".", section);
            case List<?> list when list.stream().anyMatch(Map.class::isInstance) -> {
                for (int i = 0; i < list.size(); i++) {
                    add(key + "[" + i + "]", list.get(i));
                }
            }
            case List<?> list ->
                    table.row(
                            key,
                            list.isEmpty()
                                    ? "none"
                                    : list.stream()
                                            .map(SettingRows::onOneLine)
                                            .collect(Collectors.joining(", ")));
            default -> table.row(key, onOneLine(value));
        }
    }

    private static String onOneLine(Object value) {
        return value.toString().replace("\\", "\\\\").replace("\n", "\\n");
    }
}
