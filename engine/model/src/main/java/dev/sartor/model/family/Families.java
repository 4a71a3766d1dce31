package dev.sartor.model.family;

import dev.sartor.model.ModelConfig;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The decoders that can be loaded: a new architecture is one file and one line here.
public final class Families {
    private static final Map<String, Family> DECODERS =
            Map.ofEntries(
                    Map.entry("llama", new LlamaFamily()),
                    Map.entry("mistral", new MistralFamily()),
                    Map.entry("qwen2", new Qwen2Family()),
                    Map.entry("qwen3", new Qwen3Family()),
                    Map.entry("qwen3_moe", new Qwen3MoeFamily()),
                    Map.entry("gemma2", new Gemma2Family()),
                    Map.entry("gemma3_text", new Gemma3Family()),
                    Map.entry("phi3", new Phi3Family()),
                    Map.entry("gpt2", new Gpt2Family()),
                    Map.entry("gpt_neox", new GptNeoxFamily()),
                    Map.entry("smollm3", new SmolLm3Family()));

    private Families() {}

    public static boolean has(String family) {
        return DECODERS.containsKey(family);
    }

    /// @throws dev.sartor.core.SartorException a user's error that lists what can be loaded
    public static Family of(ModelConfig config) {
        return Optional.ofNullable(DECODERS.get(config.family()))
                .orElseThrow(() ->
                        config.unknownFamily(String.join(", ", new TreeMap<>(DECODERS).keySet())));
    }
}
