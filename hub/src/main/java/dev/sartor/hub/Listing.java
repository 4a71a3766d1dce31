package dev.sartor.hub;

import dev.sartor.core.SartorException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// What of a repository on the hub is a model: weights, configuration, tokenizer, licence. Its shape is that of the
/// hub's answer to `/api/models/{repository}/revision/{revision}?blobs=true`.
final class Listing {
    private static final Set<String> SMALL =
            Set.of(
                    "config.json",
                    "generation_config.json",
                    "tokenizer.json",
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "tokenizer.model",
                    "vocab.json",
                    "vocab.txt",
                    "merges.txt",
                    "chat_template.jinja",
                    "chat_template.json",
                    "modules.json",
                    "sentence_bert_config.json",
                    "config_sentence_transformers.json",
                    "adapter_config.json",
                    "model.safetensors.index.json");

    private final ModelName.Repository name;
    private final JsonNode answer;

    Listing(ModelName.Repository name, JsonNode answer) {
        this.name = name;
        this.answer = answer;
    }

    Manifest manifest(Catalogue catalogue, URI page) throws FetchFailure.Refused {
        var commit = answer.path("sha").asString("");
        if (!Manifest.isCommit(commit)) {
            throw new FetchFailure.Refused(
                    "the hub did not say which commit " + name.written() + " is");
        }
        return new Manifest(
                name.written(),
                name.repository(),
                commit,
                name.snapshot(commit),
                licence(catalogue, page),
                files());
    }

    private List<ModelFile> files() {
        var all = new ArrayList<ModelFile>();
        for (var sibling : answer.path("siblings")) {
            var path = sibling.path("rfilename").asString("");
            if (ModelFile.isSafe(path) && isWanted(path)) {
                all.add(file(path, sibling));
            }
        }
        var chosen = withOneKindOfWeights(all);
        if (chosen.stream().noneMatch(f -> isWeights(f.path()))) {
            throw SartorException.user(
                    "the repository "
                            + name.repository()
                            + " must hold weights as safetensors or GGUF, and holds none (pickled"
                            + " weights run code when they are read): choose another one");
        }
        return chosen;
    }

    private static ModelFile file(String path, JsonNode sibling) {
        var lfs = sibling.path("lfs");
        var checksum =
                lfs.path("sha256").isString()
                        ? Checksum.sha256(lfs.path("sha256").asString())
                        : Checksum.gitBlob(sibling.path("blobId").asString(""));
        long size = lfs.path("size").asLong(sibling.path("size").asLong(0));
        return new ModelFile(path, size, checksum, List.of());
    }

    private boolean isWanted(String path) {
        if (isWeights(path)) {
            return name.file().isEmpty() ? isInPlace(path) : path.equals(name.file());
        }
        int slash = path.lastIndexOf('/');
        var last = path.substring(slash + 1);
        return slash < 0
                ? SMALL.contains(last) || last.toUpperCase(Locale.ROOT).startsWith("LICENSE")
                : isModule(path) && last.equals("config.json");
    }

    private static boolean isWeights(String path) {
        return path.endsWith(".safetensors") || path.endsWith(".gguf");
    }

    /// At the top, or in a module of sentence-transformers such as `2_Dense/`; not the same weights again for another
    /// runtime (`onnx/`, `original/`).
    private static boolean isInPlace(String path) {
        return path.indexOf('/') < 0 || (isModule(path) && path.endsWith("/model.safetensors"));
    }

    private static boolean isModule(String path) {
        return path.matches("[0-9]+_[A-Za-z]+/[^/]+");
    }

    /// safetensors where there are any; else the GGUF file if there is one alone (or the pieces of one).
    private List<ModelFile> withOneKindOfWeights(List<ModelFile> all) {
        var gguf = all.stream().map(ModelFile::path).filter(p -> p.endsWith(".gguf")).toList();
        boolean tensors = all.stream().anyMatch(f -> f.path().endsWith(".safetensors"));
        if (tensors && name.file().isEmpty()) {
            return all.stream().filter(f -> !f.path().endsWith(".gguf")).toList();
        }
        var models =
                gguf.stream()
                        .map(p -> p.replaceFirst("-[0-9]{5}-of-[0-9]{5}(?=\\.gguf$)", ""))
                        .distinct()
                        .toList();
        if (models.size() > 1) {
            throw SartorException.user(
                    "the repository "
                            + name.repository()
                            + " holds several GGUF files; name one as "
                            + name.repository()
                            + "/FILE: "
                            + models.stream().sorted().collect(Collectors.joining(", ")));
        }
        return all;
    }

    private Licence licence(Catalogue catalogue, URI page) {
        var card = answer.path("cardData");
        var said = card.path("license");
        var id = (said.isArray() ? said.path(0) : said).asString("").toLowerCase(Locale.ROOT);
        var known = catalogue.licence(id);
        if (known.isPresent()) {
            return known.orElseThrow();
        }
        var title =
                id.isEmpty()
                        ? "of " + name.repository() + " (its page states none)"
                        : card.path("license_name").asString(id) + " of " + name.repository();
        return Licence.unread(id.isEmpty() ? "none" : id, title, Optional.of(page));
    }
}
