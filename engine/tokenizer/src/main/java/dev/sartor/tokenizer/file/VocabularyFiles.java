package dev.sartor.tokenizer.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.text.WordScanner;
import dev.sartor.weights.FileBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Writes the tokenizer.json that a folder with vocab.json and merges.txt, or with vocab.txt, amounts to, as transformers'
/// convert_slow_tokenizer.py does.
final class VocabularyFiles {
    private final Path folder;
    private final JsonNode config;
    private final ObjectNode json = Json.mapper().createObjectNode();

    private VocabularyFiles(Path folder) {
        this.folder = folder;
        this.config = TokenizerFamily.json(folder, "tokenizer_config.json");
    }

    static ObjectNode merges(Path folder) {
        return new VocabularyFiles(folder).bytePairs();
    }

    static ObjectNode lines(Path folder) {
        return new VocabularyFiles(folder).wordPieces();
    }

    private ObjectNode bytePairs() {
        var file = folder.resolve("vocab.json");
        var family = TokenizerFamily.of(folder, file);
        var model = json.putObject("model").put("type", "BPE");
        model.set("vocab", Json.read(file));
        var merges = model.putArray("merges");
        for (var line : read(folder.resolve("merges.txt"))) {
            if (!line.isBlank() && !line.startsWith("#version")) {
                merges.add(line);
            }
        }
        switch (family) {
            case GPT2 -> words(false);
            case ROBERTA -> {
                words(true);
                roberta();
            }
            case QWEN2 -> {
                json.putObject("normalizer").put("type", "NFC");
                qwenWords();
            }
            case LLAMA, GEMMA, T5, XLM_ROBERTA, BERT -> throw other(file, family);
        }
        json.putObject("decoder").put("type", "ByteLevel");
        addTokens();
        return json;
    }

    private SartorException other(Path file, TokenizerFamily family) {
        return SartorException.user(
                file
                        + " is not what a tokenizer of the family "
                        + family
                        + " is read from: fetch the model again");
    }

    private void words(boolean spaceFirst) {
        json.putObject("pre_tokenizer")
                .put("type", "ByteLevel")
                .put("add_prefix_space", config.path("add_prefix_space").asBoolean(false))
                .put("use_regex", true);
        json.putObject("post_processor")
                .put("type", "ByteLevel")
                .put("add_prefix_space", spaceFirst)
                .put("trim_offsets", spaceFirst);
    }

    private void roberta() {
        var processor =
                json.putObject("post_processor")
                        .put("type", "RobertaProcessing")
                        .put("trim_offsets", true)
                        .put("add_prefix_space", config.path("add_prefix_space").asBoolean(false));
        control(processor, "cls", "cls_token", "<s>");
        control(processor, "sep", "sep_token", "</s>");
    }

    private void qwenWords() {
        var steps =
                json.putObject("pre_tokenizer").put("type", "Sequence").putArray("pretokenizers");
        var split = steps.addObject().put("type", "Split").put("behavior", "Isolated");
        split.put("invert", false).putObject("pattern").put("Regex", WordScanner.QWEN2_PATTERN);
        steps.addObject()
                .put("type", "ByteLevel")
                .put("add_prefix_space", config.path("add_prefix_space").asBoolean(false))
                .put("use_regex", false);
    }

    private ObjectNode wordPieces() {
        var file = folder.resolve("vocab.txt");
        var family = TokenizerFamily.of(folder, file);
        if (family != TokenizerFamily.BERT) {
            throw other(file, family);
        }
        var model =
                json.putObject("model")
                        .put("type", "WordPiece")
                        .put("unk_token", token("unk_token", "[UNK]"))
                        .put("continuing_subword_prefix", "##")
                        .put("max_input_chars_per_word", 100);
        var vocabulary = model.putObject("vocab");
        int id = 0;
        for (var line : read(file)) {
            vocabulary.put(line, id++);
        }
        var normaliser = json.putObject("normalizer").put("type", "BertNormalizer");
        normaliser
                .put("clean_text", true)
                .put("handle_chinese_chars", config.path("tokenize_chinese_chars").asBoolean(true))
                .put("lowercase", config.path("do_lower_case").asBoolean(true));
        if (config.hasNonNull("strip_accents")) {
            normaliser.put("strip_accents", config.path("strip_accents").asBoolean(true));
        }
        json.putObject("pre_tokenizer").put("type", "BertPreTokenizer");
        json.putObject("decoder").put("type", "WordPiece").put("prefix", "##").put("cleanup", true);
        var processor = json.putObject("post_processor").put("type", "BertProcessing");
        control(processor, "cls", "cls_token", "[CLS]");
        control(processor, "sep", "sep_token", "[SEP]");
        addTokens();
        return json;
    }

    private void control(ObjectNode processor, String key, String setting, String otherwise) {
        var token = token(setting, otherwise);
        var id = json.path("model").path("vocab").path(token);
        if (!id.isInt()) {
            throw SartorException.user(
                    folder
                            + ": "
                            + setting
                            + " '"
                            + token
                            + "' does not stand in the vocabulary: fetch it again");
        }
        processor.putArray(key).add(token).add(id.intValue());
    }

    private String token(String key, String otherwise) {
        var node = config.path(key);
        return node.isObject()
                ? node.path("content").asString(otherwise)
                : node.asString(otherwise);
    }

    /// Those that the folder names, and those whose names say what they are for.
    private void addTokens() {
        var added = json.putArray("added_tokens");
        var seen = new java.util.HashSet<String>();
        for (var entry : config.path("added_tokens_decoder").properties()) {
            var node = added.addObject().setAll((ObjectNode) entry.getValue().deepCopy());
            node.put("id", Integer.parseInt(entry.getKey()));
            seen.add(node.path("content").asString(""));
        }
        for (var entry : TokenizerFamily.json(folder, "added_tokens.json").properties()) {
            if (seen.add(entry.getKey())) {
                added.addObject().put("content", entry.getKey()).set("id", entry.getValue());
            }
        }
        for (var key :
                List.of(
                        "unk_token",
                        "bos_token",
                        "eos_token",
                        "pad_token",
                        "cls_token",
                        "sep_token",
                        "mask_token")) {
            var content = token(key, "");
            var id = json.path("model").path("vocab").path(content);
            if (id.isInt() && seen.add(content)) {
                added.addObject().put("content", content).put("special", true).set("id", id);
            }
        }
    }

    private static List<String> read(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw FileBytes.unreadable(file, e);
        }
    }
}
