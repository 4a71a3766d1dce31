package dev.sartor.tokenizer.file;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.TokenizerParts;
import dev.sartor.tokenizer.TokenizerSettings;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.weights.FileBytes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads what the files beside a tokenizer.json say: tokenizer_config.json, special_tokens_map.json,
/// generation_config.json, chat_template.jinja.
final class TokenizerFolder {
    private static final List<String> SENTENCE_PIECES =
            List.of("tokenizer.model", "spiece.model", "sentencepiece.bpe.model");

    private final Path folder;
    private final Vocabulary vocabulary;

    private TokenizerFolder(Path folder, Vocabulary vocabulary) {
        this.folder = folder;
        this.vocabulary = vocabulary;
    }

    static TokenizerParts parts(Path folder) {
        var json = folder.resolve("tokenizer.json");
        if (Files.exists(json)) {
            return TokenizerJson.read(json, settings(folder));
        }
        for (var name : SENTENCE_PIECES) {
            if (Files.exists(folder.resolve(name))) {
                return SentencePieceFolder.read(folder.resolve(name));
            }
        }
        var vocabulary = folder.resolve("vocab.json");
        if (Files.exists(vocabulary) && Files.exists(folder.resolve("merges.txt"))) {
            return TokenizerJson.of(vocabulary, VocabularyFiles.merges(folder), settings(folder));
        }
        var lines = folder.resolve("vocab.txt");
        if (Files.exists(lines)) {
            return TokenizerJson.of(lines, VocabularyFiles.lines(folder), settings(folder));
        }
        throw SartorException.missing(
                json
                        + " does not exist, nor tokenizer.model, vocab.json with merges.txt, or vocab.txt:"
                        + " fetch the model again, or name a GGUF file.");
    }

    static TokenizerJson.Settings settings(Path folder) {
        return vocabulary -> new TokenizerFolder(folder, vocabulary).read();
    }

    private TokenizerSettings read() {
        var config = TokenizerFamily.json(folder, "tokenizer_config.json");
        var map = TokenizerFamily.json(folder, "special_tokens_map.json");
        var generation = TokenizerFamily.json(folder, "generation_config.json");
        var ends = new LinkedHashSet<Integer>();
        token("eos_token", config, map).ifPresent(ends::add);
        numbers(generation.path("eos_token_id")).forEach(ends::add);
        return new TokenizerSettings(
                chatTemplate(config),
                token("bos_token", config, map),
                List.copyOf(ends),
                token("unk_token", config, map),
                token("pad_token", config, map));
    }

    private Optional<String> chatTemplate(JsonNode config) {
        var file = folder.resolve("chat_template.jinja");
        if (Files.exists(file)) {
            try {
                return Optional.of(Files.readString(file));
            } catch (IOException e) {
                throw FileBytes.unreadable(file, e);
            }
        }
        var node =
                config.has("chat_template")
                        ? config.path("chat_template")
                        : TokenizerFamily.json(folder, "chat_template.json").path("chat_template");
        if (node.isArray() && !node.isEmpty()) {
            node = named(node);
        }
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
    }

    /// Of several templates the one named `default`, or the only one.
    private JsonNode named(JsonNode templates) {
        for (var each : templates) {
            if (templates.size() == 1 || each.path("name").asString("").equals("default")) {
                return each.path("template");
            }
        }
        throw SartorException.user(
                folder.resolve("tokenizer_config.json")
                        + ": one of several chat_template entries must be named 'default', found "
                        + templates
                                .valueStream()
                                .map(each -> each.path("name").asString(""))
                                .toList()
                        + ": name the one to use 'default'");
    }

    private OptionalInt token(String key, JsonNode config, JsonNode map) {
        var node = config.hasNonNull(key) ? config.path(key) : map.path(key);
        var text = node.isObject() ? node.path("content").asString("") : node.asString("");
        return text.isEmpty() ? OptionalInt.empty() : vocabulary.id(text);
    }

    private static Set<Integer> numbers(JsonNode node) {
        var numbers = new LinkedHashSet<Integer>();
        if (node.isInt()) {
            numbers.add(node.intValue());
        }
        node.forEach(each -> numbers.add(each.asInt(-1)));
        numbers.remove(-1);
        return numbers;
    }
}
