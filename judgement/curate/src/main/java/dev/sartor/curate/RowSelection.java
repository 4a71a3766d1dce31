package dev.sartor.curate;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Which rows are meant: those of all conditions at once, and those that are named one by one.
///
/// @param where fields and what each must hold, to the letter; empty for no condition, which takes no row
/// @param lines by files, as they are named from the project's folder or the present one
public record RowSelection(Map<String, String> where, Map<Path, Set<Integer>> lines) {
    public RowSelection {
        where = Map.copyOf(where);
        lines = Map.copyOf(lines);
    }

    /// @param conditions such as `customer=4711`
    /// @param rows such as `train.jsonl:12`
    /// @param project the project's folder, from which files are named
    public static RowSelection of(List<String> conditions, List<String> rows, Path project) {
        var where = new LinkedHashMap<String, String>();
        for (var condition : conditions) {
            int at = condition.indexOf('=');
            if (at < 1 || at == condition.length() - 1) {
                throw SartorException.user(
                        "--where must be COLUMN=VALUE, got '"
                                + condition
                                + "': write it as customer=4711. Nothing was forgotten.");
            }
            var before = where.put(condition.substring(0, at), condition.substring(at + 1));
            if (before != null) {
                throw SartorException.user(
                        "--where names '"
                                + condition.substring(0, at)
                                + "' twice, and no row holds two values: run the command for each. Nothing was forgotten.");
            }
        }
        var lines = new HashMap<Path, Set<Integer>>();
        for (var row : rows) {
            int at = row.lastIndexOf(':');
            var line = line(row.substring(at + 1));
            if (at < 1 || line.isEmpty()) {
                throw SartorException.user(
                        "--row must be FILE:LINE, got '"
                                + row
                                + "': write it as train.jsonl:12. Nothing was forgotten.");
            }
            lines.computeIfAbsent(
                            project.resolve(row.substring(0, at)).normalize(), _ -> new HashSet<>())
                    .add(line.get());
        }
        return new RowSelection(where, lines);
    }

    private static Optional<Integer> line(String text) {
        return text.matches("[1-9]\\d{0,8}")
                ? Optional.of(Integer.parseInt(text))
                : Optional.empty();
    }

    boolean isEmpty() {
        return where.isEmpty() && lines.isEmpty();
    }

    /// Whether the row meets all conditions.
    boolean meets(ObjectNode fields) {
        return !where.isEmpty()
                && where.entrySet().stream()
                        .allMatch(each -> each.getValue().equals(text(fields.get(each.getKey()))));
    }

    boolean names(Path file, int line) {
        return lines.getOrDefault(file, Set.of()).contains(line);
    }

    private static String text(@Nullable JsonNode value) {
        return value == null || value.isNull() || value.isContainer() ? "" : value.asString("");
    }
}
