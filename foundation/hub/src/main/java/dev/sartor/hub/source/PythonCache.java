package dev.sartor.hub.source;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Progress;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.cache.ModelCache;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.ModelName;
import dev.sartor.hub.catalogue.WeightFiles;
import dev.sartor.hub.environment.Environment;
import dev.sartor.hub.fetch.Disk;
import dev.sartor.hub.fetch.FetchFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// What Hugging Face's own tools fetched into their cache (`HF_HUB_CACHE`, `HF_HOME/hub`, `~/.cache/huggingface/hub`).
/// Its files may change or vanish at any time: they are checked and copied, never used in place.
final class PythonCache implements Source {
    private static final Pattern CARD =
            Pattern.compile("^(license|license_name):\\s*[\"']?([^\"'#\\n]+)", Pattern.MULTILINE);

    private final Optional<Path> folder;
    private final Disk disk;

    private PythonCache(Optional<Path> folder, Disk disk) {
        this.folder = folder;
        this.disk = disk;
    }

    /// @param models our own cache; where both are the same there is nothing to copy
    static PythonCache of(Environment environment, Path models, Disk disk) {
        return new PythonCache(place(environment).filter(p -> !p.equals(models)), disk);
    }

    private static Optional<Path> place(Environment environment) {
        return environment
                .variable("HF_HUB_CACHE")
                .or(() -> environment.variable("HUGGINGFACE_HUB_CACHE"))
                .map(environment::expanded)
                .or(() ->
                        environment
                                .variable("HF_HOME")
                                .map(environment::expanded)
                                .or(() -> environment.xdgCache().map(c -> c.resolve("huggingface")))
                                .map(h -> h.resolve("hub")));
    }

    @Override
    public String title() {
        return "the cache of Hugging Face's tools" + folder.map(f -> " (" + f + ")").orElse("");
    }

    @Override
    public boolean mayHold(Manifest manifest) {
        return shelf(manifest.repository()).isPresent();
    }

    private Optional<Path> shelf(String repository) {
        return folder.map(f -> f.resolve("models--" + repository.replace("/", "--")))
                .filter(Files::isDirectory);
    }

    @Override
    public void bring(
            Manifest manifest, List<ModelFile> missing, ModelCache shelf, Progress progress)
            throws FetchFailure {
        var theirs = shelf(manifest.repository()).orElseThrow();
        for (var file : missing) {
            var found = found(theirs, manifest, file);
            if (found.isPresent()) {
                try {
                    found.orElseThrow().copyTo(shelf, file);
                    progress.say(file.path() + ": copied from " + theirs);
                } catch (FetchFailure.Refused e) {
                    progress.say(e.getMessage() + "; it is left alone and fetched anew");
                }
            }
        }
    }

    /// By its digest; where the system makes no links the snapshot holds the file itself.
    private Optional<BroughtFile> found(Path theirs, Manifest manifest, ModelFile file) {
        var blob = theirs.resolve("blobs").resolve(file.checksum().hex());
        var snapshot = theirs.resolve("snapshots").resolve(manifest.reference());
        return List.of(blob, snapshot.resolve(file.path())).stream()
                .filter(path -> hasSize(path, file.size()))
                .map(path -> new BroughtFile(path, disk))
                .findFirst();
    }

    private static boolean hasSize(Path path, long size) {
        try {
            return Files.isRegularFile(path) && Files.size(path) == size;
        } catch (IOException e) {
            return false;
        }
    }

    /// What lies there of a repository, in the shape of the hub's answer to the same question; empty where nothing does.
    Optional<JsonNode> describe(ModelName.Repository name) {
        return shelf(name.repository()).flatMap(theirs -> describe(theirs, name.revision()));
    }

    private static Optional<JsonNode> describe(Path theirs, String revision) {
        try {
            var reference = theirs.resolve("refs").resolve(revision);
            var commit =
                    Files.isRegularFile(reference) ? Files.readString(reference).strip() : revision;
            var snapshot = theirs.resolve("snapshots").resolve(commit);
            return Manifest.isCommit(commit) && isWhole(snapshot)
                    ? Optional.of(listing(snapshot, commit))
                    : Optional.empty();
        } catch (IOException e) {
            throw SartorException.missing("cannot read " + theirs + ": " + e.getMessage(), e);
        }
    }

    /// Whether the snapshot holds weights, and all of those that its index lists.
    private static boolean isWhole(Path snapshot) throws IOException {
        if (!Files.isDirectory(snapshot)) {
            return false;
        }
        var index = snapshot.resolve("model.safetensors.index.json");
        if (Files.isRegularFile(index)) {
            return Json.read(index)
                    .path("weight_map")
                    .valueStream()
                    .allMatch(piece -> Files.isRegularFile(snapshot.resolve(piece.asString(""))));
        }
        try (var files = Files.walk(snapshot)) {
            return files.anyMatch(f -> WeightFiles.areWeights(f.toString()));
        }
    }

    private static JsonNode listing(Path snapshot, String commit) throws IOException {
        var answer = Json.mapper().createObjectNode().put("sha", commit);
        var siblings = answer.putArray("siblings");
        try (var files = Files.walk(snapshot)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                var path = snapshot.relativize(file).toString().replace('\\', '/');
                var sibling = siblings.addObject().put("rfilename", path);
                var digest = digest(file);
                sibling.put("size", Files.size(file));
                if (digest.kind() == Checksum.Kind.SHA256) {
                    sibling.putObject("lfs")
                            .put("sha256", digest.hex())
                            .put("size", Files.size(file));
                } else {
                    sibling.put("blobId", digest.hex());
                }
            }
        }
        var card = answer.putObject("cardData");
        var readme = snapshot.resolve("README.md");
        if (Files.isRegularFile(readme)) {
            var text = CARD.matcher(frontMatter(Files.readString(readme)));
            while (text.find()) {
                card.put(text.group(1), text.group(2).strip());
            }
        }
        return answer;
    }

    private static String frontMatter(String readme) {
        int end = readme.startsWith("---") ? readme.indexOf("\n---", 3) : -1;
        return end < 0 ? "" : readme.substring(0, end);
    }

    /// A blob's name is its digest.
    private static Checksum digest(Path file) throws IOException {
        var name = file.toRealPath().getFileName().toString();
        if (name.matches("[0-9a-f]{64}")) {
            return Checksum.sha256(name);
        }
        return name.matches("[0-9a-f]{40}")
                ? Checksum.gitBlob(name)
                : Checksum.sha256("0".repeat(64)).of(file);
    }
}
