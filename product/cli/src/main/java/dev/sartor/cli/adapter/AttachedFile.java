package dev.sartor.cli.adapter;

import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.serve.AdapterStore;
import dev.sartor.serve.ServedModels;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.regex.Pattern;

/// The file `attached.json` in the folder of an adapter's name, which says which of the sub-folders is the version that
/// answers: writing it attaches the version, and deleting it takes the adapter away. Who may read a version stands in its own
/// folder, as in any adapter's.
///
/// @param version the sub-folder's name
record AttachedFile(String version, AdapterStore.Attached described) {
    static final String NAME = "attached.json";
    private static final Pattern VERSION = Pattern.compile("v-[0-9a-f-]{36}");
    private static final Pattern DIGEST = Pattern.compile("[0-9a-f]{64}");

    /// The folder of a name: slashes are written so that names lie side by side.
    static Path folder(Path parent, String name) {
        return parent.resolve(name.replace("/", "%2F"));
    }

    static boolean isVersion(String folder) {
        return VERSION.matcher(folder).matches();
    }

    void write(Path folder) {
        var json = Json.mapper().createObjectNode();
        json.put("name", described.name()).put("version", version);
        json.put("digest", described.digest()).put("rank", described.rank());
        json.put("bytes", described.bytes()).put("since", described.since().toString());
        json.put("owner", described.owner().orElse(null));
        AtomicFile.write(folder.resolve(NAME), Json.pretty(json) + "\n");
    }

    /// @param parent the folder of all names
    /// @return empty where a folder has none
    /// @throws SartorException a user's error where it cannot be understood, or its version is not there as it was attached
    static Optional<AttachedFile> read(Path parent, Path folder) {
        var file = folder.resolve(NAME);
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        var json = Json.read(file);
        var name = json.path("name").asString("");
        var version = json.path("version").asString("");
        var weights = folder.resolve(version).resolve(AdapterStore.WEIGHTS).toFile();
        boolean isSound =
                ServedModels.isName(name)
                        && folder(parent, name).equals(folder)
                        && isVersion(version)
                        && DIGEST.matcher(json.path("digest").asString("")).matches()
                        && weights.length() == json.path("bytes").asLong(-1);
        try {
            if (isSound) {
                var described =
                        new AdapterStore.Attached(
                                name,
                                json.path("digest").asString(),
                                json.path("rank").asInt(),
                                weights.length(),
                                Instant.parse(json.path("since").asString("")),
                                Optional.of(json.path("owner").asString(""))
                                        .filter(owner -> !owner.isEmpty()),
                                ReadersFile.read(folder.resolve(version)).orElse(Readers.nobody()));
                return Optional.of(new AttachedFile(version, described));
            }
        } catch (DateTimeParseException e) {
            throw unsound(file, e);
        }
        throw unsound(file, new IllegalStateException("the version is not as it was attached"));
    }

    private static SartorException unsound(Path file, Exception cause) {
        return SartorException.user(
                file
                        + " must name a version beside it as it was attached: attach the adapter anew, or delete its folder",
                cause);
    }
}
