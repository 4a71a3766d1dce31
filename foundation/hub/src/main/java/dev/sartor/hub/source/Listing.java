package dev.sartor.hub.source;

import dev.sartor.core.SartorException;
import dev.sartor.hub.cache.Manifest;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Checksum;
import dev.sartor.hub.catalogue.Licence;
import dev.sartor.hub.catalogue.ModelFile;
import dev.sartor.hub.catalogue.ModelName;
import dev.sartor.hub.catalogue.WeightFiles;
import dev.sartor.hub.catalogue.WeightsChoice;
import dev.sartor.hub.fetch.FetchFailure;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// What of a repository on the hub is a model: weights, configuration, tokenizer, licence. Its shape is that of the
/// hub's answer to `/api/models/{repository}/revision/{revision}?blobs=true`.
final class Listing {
    private static final String INDEX = "model.safetensors.index.json";

    private static final String TOKENIZER = "tokenizer.json";

    private static final Set<String> SMALL =
            Set.of(
                    "config.json",
                    "generation_config.json",
                    TOKENIZER,
                    "tokenizer_config.json",
                    "special_tokens_map.json",
                    "added_tokens.json",
                    "vocab.json",
                    "vocab.txt",
                    "merges.txt",
                    "chat_template.jinja",
                    "chat_template.json",
                    "modules.json",
                    "sentence_bert_config.json",
                    "config_sentence_transformers.json",
                    "adapter_config.json",
                    INDEX);

    /// sentencepiece's models, which are read where there is no tokenizer.json (ALBERT, T5 and XLM-RoBERTa have names of
    /// their own).
    private static final Set<String> SENTENCE_PIECES =
            Set.of("tokenizer.model", "spiece.model", "sentencepiece.bpe.model");

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
        if (all.stream().anyMatch(f -> f.path().equals(TOKENIZER))) {
            all.removeIf(f -> SENTENCE_PIECES.contains(f.path()));
        }
        var chosen = withOneKindOfWeights(all);
        if (chosen.stream().noneMatch(f -> WeightFiles.areWeights(f.path()))) {
            throw SartorException.user(
                    "the repository "
                            + name.repository()
                            + " must hold weights as safetensors or GGUF"
                            + wantedToo()
                            + ", and holds none (pickled weights run code when they are read): choose another one");
        }
        return chosen;
    }

    private String wantedToo() {
        return switch (name.choice()) {
            case WeightsChoice.Whole _ -> "";
            case WeightsChoice.Named named -> " named " + named.path();
            case WeightsChoice.Quantised quantised -> " quantised as " + quantised.label();
        };
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
        if (WeightFiles.areWeights(path)) {
            return switch (name.choice()) {
                case WeightsChoice.Whole _ -> isInPlace(path);
                case WeightsChoice.Named named -> path.equals(named.path());
                case WeightsChoice.Quantised _ -> WeightFiles.isGguf(path);
            };
        }
        int slash = path.lastIndexOf('/');
        var last = path.substring(slash + 1);
        return slash < 0
                ? SMALL.contains(last)
                        || SENTENCE_PIECES.contains(last)
                        || last.toUpperCase(Locale.ROOT).startsWith("LICENSE")
                : isModule(path) && last.equals("config.json");
    }

    /// At the top, or in a module of sentence-transformers such as `2_Dense/`; not the same weights again for another
    /// runtime (`onnx/`, `original/`).
    private static boolean isInPlace(String path) {
        return path.indexOf('/') < 0 || (isModule(path) && path.endsWith("/model.safetensors"));
    }

    private static boolean isModule(String path) {
        return path.matches("[0-9]+_[A-Za-z]+/[^/]+");
    }

    private List<ModelFile> withOneKindOfWeights(List<ModelFile> all) {
        return switch (name.choice()) {
            case WeightsChoice.Whole _ -> withWhole(all);
            case WeightsChoice.Named _ -> all;
            case WeightsChoice.Quantised quantised -> withQuantised(all, quantised);
        };
    }

    /// safetensors where there are any; else the GGUF file if there is one alone (or the pieces of one).
    private List<ModelFile> withWhole(List<ModelFile> all) {
        var tensors =
                all.stream()
                        .map(ModelFile::path)
                        .filter(p -> WeightFiles.areWeights(p) && !WeightFiles.isGguf(p))
                        .toList();
        if (tensors.isEmpty()) {
            refuseSeveral(all);
            return all;
        }
        var read =
                WeightFiles.ofTransformers(
                        tensors, all.stream().anyMatch(f -> f.path().equals(INDEX)));
        return all.stream()
                .filter(f ->
                        !WeightFiles.areWeights(f.path())
                                || read.contains(f.path())
                                || (isModule(f.path()) && !WeightFiles.isGguf(f.path())))
                .toList();
    }

    private List<ModelFile> withQuantised(List<ModelFile> all, WeightsChoice.Quantised quantised) {
        var chosen =
                all.stream()
                        .filter(f -> !WeightFiles.isGguf(f.path()) || quantised.fits(f.path()))
                        .toList();
        if (chosen.stream().noneMatch(f -> WeightFiles.isGguf(f.path()))
                && all.stream().anyMatch(f -> WeightFiles.isGguf(f.path()))) {
            throw SartorException.user(
                    "the repository "
                            + name.repository()
                            + " holds no GGUF file quantised as "
                            + quantised.label()
                            + "; it holds "
                            + String.join(", ", models(all)));
        }
        refuseSeveral(chosen);
        return chosen;
    }

    private void refuseSeveral(List<ModelFile> chosen) {
        var models = models(chosen);
        if (models.size() > 1) {
            throw SartorException.user(
                    "the repository "
                            + name.repository()
                            + " holds several GGUF files; name one as "
                            + name.repository()
                            + ":QUANTISATION, such as :Q4_K_M, or as "
                            + name.repository()
                            + "/FILE: "
                            + String.join(", ", models));
        }
    }

    private static List<String> models(List<ModelFile> files) {
        return files.stream()
                .map(ModelFile::path)
                .filter(WeightFiles::isGguf)
                .map(p -> WeightFiles.model(p) + ".gguf")
                .distinct()
                .sorted()
                .toList();
    }

    private Licence licence(Catalogue catalogue, URI page) {
        var card = answer.path("cardData");
        var said = card.path("license");
        var id = (said.isArray() ? said.path(0) : said).asString("").toLowerCase(Locale.ROOT);
        // The hub's word for a licence that it has no word for is `other`; the name stands beside
        // it.
        var known =
                catalogue.licence(id.equals("other") ? card.path("license_name").asString(id) : id);
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
