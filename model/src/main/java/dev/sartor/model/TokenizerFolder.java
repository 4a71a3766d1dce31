package dev.sartor.model;

import dev.sartor.core.Json;
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
    private final Path folder;
    private final Vocabulary vocabulary;

    private TokenizerFolder(Path folder, Vocabulary vocabulary) {
        this.folder = folder;
        this.vocabulary = vocabulary;
    }

    static TokenizerJson.Settings settings(Path folder) {
        return vocabulary -> new TokenizerFolder(folder, vocabulary).read();
    }

    private TokenizerSettings read() {
        var config = json("tokenizer_config.json");
        var map = json("special_tokens_map.json");
        var generation = json("generation_config.json");
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

    private JsonNode json(String name) {
        var file = folder.resolve(name);
        return Files.exists(file) ? Json.read(file) : Json.mapper().createObjectNode();
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
        var node = config.path("chat_template");
        if (node.isArray()) { // several, by name
            node =
                    node.valueStream()
                            .filter(each -> each.path("name").asString("").equals("default"))
                            .map(each -> each.path("template"))
                            .findFirst()
                            .orElse(node);
        }
        return node.isString() ? Optional.of(node.stringValue()) : Optional.empty();
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
