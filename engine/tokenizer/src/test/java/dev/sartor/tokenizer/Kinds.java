package dev.sartor.tokenizer;

import dev.sartor.core.Json;
import dev.sartor.weights.Resources;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// The small tokenizers of every kind, and the texts that other libraries have encoded with them
/// (bench/references/tokenizer_kinds.py).
public final class Kinds {
    public static final List<String> TEXTS =
            json("texts").valueStream().map(JsonNode::stringValue).toList();

    private Kinds() {}

    public static JsonNode json(String name) {
        return Resources.json("kinds/" + name + ".json.gz");
    }

    static Stream<String> hf() {
        return json("names").path("hf").valueStream().map(JsonNode::stringValue);
    }

    static Stream<String> sentencepiece() {
        return json("names").path("sentencepiece").valueStream().map(JsonNode::stringValue);
    }

    static Tokenizer hf(String name) {
        return Tokenizers.json(Json.mapper().writeValueAsBytes(json(name).path("tokenizer")));
    }

    static Tokenizer sentencepiece(String name) {
        return Tokenizers.sentencePiece(Resources.bytes("kinds/" + name + ".model.gz"));
    }

    public static int[] ids(JsonNode row) {
        return ints(row.path("ids"));
    }

    static int[] ints(JsonNode list) {
        return list.valueStream().mapToInt(JsonNode::intValue).toArray();
    }
}
