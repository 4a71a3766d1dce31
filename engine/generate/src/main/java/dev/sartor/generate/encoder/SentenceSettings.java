package dev.sartor.generate.encoder;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// What an embedder's files say about the texts it takes.
///
/// @param limit the most tokens of a text, special tokens counted
/// @param lowerCase whether texts are put into lower case first
/// @param prompts what is put in front of a text, by names such as `query`
/// @param usual the prompt's name where nobody asks for one
record SentenceSettings(
        OptionalInt limit, boolean lowerCase, Map<String, String> prompts, Optional<String> usual) {
    SentenceSettings {
        prompts = Map.copyOf(prompts);
        if (usual.isPresent() && !prompts.containsKey(usual.get())) {
            throw SartorException.user(
                    "config_sentence_transformers.json: default_prompt_name must be one of "
                            + prompts.keySet()
                            + ", got "
                            + usual.get());
        }
    }

    static SentenceSettings read(Path folder) {
        var sentence = json(folder.resolve("sentence_bert_config.json"));
        var limit = limit(sentence.path("max_seq_length"));
        if (limit.isEmpty()) {
            limit = limit(json(folder.resolve("tokenizer_config.json")).path("model_max_length"));
        }
        var config = json(folder.resolve("config_sentence_transformers.json"));
        var prompts = new LinkedHashMap<String, String>();
        config.path("prompts")
                .properties()
                .forEach(prompt -> prompts.put(prompt.getKey(), prompt.getValue().asString("")));
        return new SentenceSettings(
                limit,
                sentence.path("do_lower_case").asBoolean(false),
                prompts,
                Optional.of(config.path("default_prompt_name"))
                        .filter(JsonNode::isString)
                        .map(JsonNode::asString));
    }

    /// Tokenizers without a limit name a huge number.
    private static OptionalInt limit(JsonNode value) {
        return value.isInt() && value.intValue() > 0
                ? OptionalInt.of(value.intValue())
                : OptionalInt.empty();
    }

    private static JsonNode json(Path file) {
        return Files.exists(file) ? Json.read(file) : Json.mapper().createObjectNode();
    }

    /// What is put in front of a text that is to be found.
    String ofDocuments() {
        return first(List.of("document", "passage", "corpus"));
    }

    /// What is put in front of a text that asks.
    String ofQueries() {
        return first(List.of("query"));
    }

    private String first(List<String> names) {
        return names.stream()
                .filter(prompts::containsKey)
                .findFirst()
                .or(() -> usual)
                .map(name -> prompts.getOrDefault(name, ""))
                .orElse("");
    }
}
