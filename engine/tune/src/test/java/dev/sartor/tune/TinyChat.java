package dev.sartor.tune;

import dev.sartor.core.Json;
import dev.sartor.generate.LanguageModel;
import dev.sartor.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// The tiny random Llama with a tokenizer of single characters, among them `<end>`, and a chat template.
public final class TinyChat {
    public static final String TEMPLATE =
            "{% for m in messages %}<{{ m.role }}>{{ m.content }}<end>{% endfor %}"
                    + "{% if add_generation_prompt %}<assistant>{% endif %}";

    private TinyChat() {}

    public static LanguageModel open(Path folder, String template) throws IOException {
        // Other rooms find these files in this room's test jar, not in a folder.
        for (var file : List.of("config.json", "model.safetensors")) {
            try (var bytes = TinyChat.class.getResourceAsStream("/reference/llama/" + file)) {
                Files.copy(Objects.requireNonNull(bytes), folder.resolve(file));
            }
        }
        var words = new LinkedHashMap<String, Integer>();
        words.put("<end>", 0);
        // Byte-level vocabularies write the line's end and the blank so.
        for (String each : List.of("Ċ", "Ġ")) {
            words.put(each, words.size());
        }
        for (char each = '!'; each <= '~'; each++) {
            words.put(String.valueOf(each), words.size());
        }
        var end =
                Map.of(
                        "id", 0,
                        "content", "<end>",
                        "special", true,
                        "single_word", false,
                        "lstrip", false,
                        "rstrip", false,
                        "normalized", false);
        var bytes = Map.of("type", "ByteLevel", "add_prefix_space", false, "use_regex", false);
        Files.writeString(
                folder.resolve("tokenizer.json"),
                Json.pretty(
                        Map.of(
                                "version",
                                "1.0",
                                "added_tokens",
                                List.of(end),
                                "pre_tokenizer",
                                bytes,
                                "decoder",
                                bytes,
                                "model",
                                Map.of("type", "BPE", "vocab", words, "merges", List.of()))));
        Files.writeString(
                folder.resolve("tokenizer_config.json"),
                Json.pretty(Map.of("eos_token", "<end>", "chat_template", template)));
        return LanguageModel.open("tiny", folder, Precision.F32, Clock.systemUTC());
    }
}
