package dev.sartor.curate.forget;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/// A folder of rows that `sartor data` made of others: cleaned, mixed, split, selected, or written from documents.
///
/// @param folder its folder
public record MadeSet(Path folder) {
    private static final String RECIPE = "recipe.json";
    private static final Set<String> RECORDS =
            Set.of(RECIPE, "mixture.json", "split.json", "selection.json", "made.json");

    /// These tell by lines what became of which row, and quote none: the order of what is left is told by them.
    private static final Set<String> LOGS = Set.of("removed.jsonl", "changed.jsonl");

    public static boolean isAt(Path folder) {
        return RECORDS.stream().anyMatch(name -> Files.isRegularFile(folder.resolve(name)));
    }

    /// Whether the file holds rows, and not what became of them.
    public boolean holdsRows(Path file) {
        return !(file.resolveSibling(".").normalize().equals(folder)
                && LOGS.contains(String.valueOf(file.getFileName())));
    }

    /// A file that a cleaning read.
    ///
    /// @param sha256 as it was then
    /// @param result the file with what is left of it
    /// @param removed the lines of its rows that are not
    public record Cleaned(String sha256, Path result, Set<Integer> removed) {
        /// The lines in the result of what stands on these lines of the file.
        ///
        /// @param all the first lines of the rows that the cleaning read
        /// @param wanted some of them
        public BitSet lines(BitSet all, Set<Integer> wanted) {
            var lines = new BitSet();
            int at = 0;
            for (int line = all.nextSetBit(0); line >= 0; line = all.nextSetBit(line + 1)) {
                if (!removed.contains(line)) {
                    at++;
                    if (wanted.contains(line)) {
                        lines.set(at);
                    }
                }
            }
            return lines;
        }
    }

    /// What a cleaning read, as its record says; none of another set.
    public List<Cleaned> cleaned() {
        var file = folder.resolve(RECIPE);
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try {
            var recipe = Json.mapper().readTree(Files.readAllBytes(file));
            var removed = removed();
            var results = recipe.path("results").iterator();
            var all = new ArrayList<Cleaned>();
            for (var input : recipe.path("inputs")) {
                if (!isReference(input) && results.hasNext()) {
                    all.add(
                            new Cleaned(
                                    input.path("sha256").asString(""),
                                    folder.resolve(results.next().path("file").asString("")),
                                    removed.getOrDefault(
                                            input.path("file").asString(""), Set.of())));
                }
            }
            return all;
        } catch (JacksonException e) {
            throw SartorException.user(
                    file
                            + " is damaged: remove the folder, and clean the rows anew. Nothing was forgotten.",
                    e);
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private static boolean isReference(JsonNode input) {
        return input.path("isReference").asBoolean(input.path("reference").asBoolean(false));
    }

    private Map<String, Set<Integer>> removed() throws IOException {
        var removed = new HashMap<String, Set<Integer>>();
        var file = folder.resolve("removed.jsonl");
        if (Files.isRegularFile(file)) {
            try (var lines = Files.lines(file)) {
                lines.filter(line -> !line.isBlank())
                        .map(Json.mapper()::readTree)
                        .forEach(line ->
                                removed.computeIfAbsent(
                                                line.path("file").asString(""),
                                                _ -> new HashSet<>())
                                        .add(line.path("line").asInt(0)));
            }
        }
        return removed;
    }
}
