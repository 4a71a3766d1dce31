package dev.sartor.retrieve.search;

import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.documents.ParseReport;
import dev.sartor.retrieve.access.AccessRules;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.core.JacksonException;

/// What is known of an index without searching it; kept beside it.
///
/// @param rules each access rule's clauses
/// @param overlong how many passages are longer, with their heading, than the embedder reads
record IndexManifest(
        int passages, int overlong, ParseReport report, List<List<List<String>>> rules) {
    private static final String FILE = "manifest.json";

    void write(Path folder) {
        AtomicFile.write(folder.resolve(FILE), Json.pretty(this));
    }

    static IndexManifest read(Path folder) throws IOException {
        try {
            return Json.mapper()
                    .readValue(Files.readAllBytes(folder.resolve(FILE)), IndexManifest.class);
        } catch (JacksonException e) {
            throw new IOException(FILE + " is damaged", e);
        }
    }

    AccessRules accessRules() {
        return AccessRules.of(rules.stream().map(AccessRules::restored).toList());
    }
}
