package dev.sartor.compare.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// What lies as `made-of.json` beside a run or a training, of whatever version.
record RecordedSources(JsonNode json) {
    static final String FILE = "made-of.json";

    /// @param role such as `train`
    /// @param path from the project's folder
    record Source(String role, String path, String sha256) {}

    /// Empty where an earlier version made the result, or something else.
    static Optional<RecordedSources> read(Path folder) {
        var file = folder.resolve(FILE);
        return Files.isRegularFile(file)
                ? Optional.of(new RecordedSources(RunJson.read(file, JsonNode.class)))
                : Optional.empty();
    }

    List<Source> files() {
        var files = new ArrayList<Source>();
        json.path("files")
                .forEach(each ->
                        files.add(
                                new Source(
                                        each.path("role").asString(""),
                                        each.path("path").asString(""),
                                        each.path("sha256").asString(""))));
        return files;
    }

    boolean usedDocuments() {
        return json.path("digests").has("documents");
    }
}
