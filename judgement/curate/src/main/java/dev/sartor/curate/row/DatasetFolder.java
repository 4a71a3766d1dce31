package dev.sartor.curate.row;

import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tools.jackson.core.JacksonException;

/// What stands beside the rows in the folders of Hugging Face's datasets. `save_to_disk` writes `state.json`, which names the
/// files with rows (others of Arrow are caches), `dataset_info.json`, and above several splits `dataset_dict.json`; a
/// repository of the hub has a card, `README.md`, whose front matter tells of its configurations.
final class DatasetFolder {
    private static final String STATE = "state.json";
    private static final String INFO = "dataset_info.json";
    private static final String SPLITS = "dataset_dict.json";
    private static final String CARD = "README.md";
    private static final int MOST_OF_A_CARD = 1 << 16;

    /// A hundred bytes for each file with rows, of which there are thousands in a large set.
    private static final int MOST_OF_A_STATE = 16 << 20;

    /// Empty where a folder is none that `save_to_disk` wrote.
    private final Map<Path, Optional<Set<String>>> rows = new HashMap<>();

    /// Whether a file that lies in a folder has no rows.
    boolean isBeside(Path file) throws IOException {
        var folder = file.getParent();
        if (folder == null) {
            return false;
        }
        var name = String.valueOf(file.getFileName());
        var known = rows.get(folder);
        if (known == null) {
            known = saved(folder);
            rows.put(folder, known);
        }
        return known.map(some -> !some.contains(name)).orElse(false)
                || name.equals(SPLITS)
                || (name.equals(CARD) && isCard(file));
    }

    private static Optional<Set<String>> saved(Path folder) throws IOException {
        var state = folder.resolve(STATE);
        if (!Files.isRegularFile(state) || !Files.isRegularFile(folder.resolve(INFO))) {
            return Optional.empty();
        }
        try {
            var names = new HashSet<String>();
            Json.mapper()
                    .readTree(head(state, MOST_OF_A_STATE))
                    .path("_data_files")
                    .forEach(each -> names.add(each.path("filename").asString("")));
            return names.isEmpty() ? Optional.empty() : Optional.of(names);
        } catch (JacksonException e) {
            return Optional.empty(); // some other state
        }
    }

    private static boolean isCard(Path file) throws IOException {
        var lines = head(file, MOST_OF_A_CARD).split("\n", -1);
        if (!lines[0].strip().equals("---")) {
            return false;
        }
        for (int i = 1; i < lines.length && !lines[i].strip().equals("---"); i++) {
            if (lines[i].startsWith("dataset_info:") || lines[i].startsWith("configs:")) {
                return true;
            }
        }
        return false;
    }

    private static String head(Path file, int most) throws IOException {
        try (var in = Files.newInputStream(file)) {
            return new String(in.readNBytes(most), StandardCharsets.UTF_8);
        }
    }
}
