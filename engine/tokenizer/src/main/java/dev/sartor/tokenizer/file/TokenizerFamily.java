package dev.sartor.tokenizer.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/// What surrounds a vocabulary that does not say so itself: a folder's tokenizer_config.json names a class of
/// transformers, or config.json a family.
enum TokenizerFamily {
    LLAMA("Llama", "CodeLlama", "llama", "mistral", "mixtral"),
    GEMMA("Gemma", "gemma", "gemma2", "gemma3", "gemma3_text"),
    T5("T5", "t5", "mt5", "umt5"),
    XLM_ROBERTA("XLMRoberta", "xlm-roberta"),
    BERT("Bert", "DistilBert", "Electra", "bert", "distilbert", "electra"),
    GPT2("GPT2", "gpt2"),
    QWEN2("Qwen2", "qwen2", "qwen3"),
    ROBERTA("Roberta", "roberta");

    private static final Pattern SUFFIX = Pattern.compile("Tokenizer(Fast)?$");

    @SuppressWarnings("ImmutableEnumChecker") // Set.of
    private final Set<String> names;

    /// @param names of transformers' classes without `Tokenizer`, and of families in config.json
    TokenizerFamily(String... names) {
        this.names = Set.of(names);
    }

    /// @param file the vocabulary, for an error
    static TokenizerFamily of(Path folder, Path file) {
        var named = json(folder, "tokenizer_config.json").path("tokenizer_class").asString("");
        var family = json(folder, "config.json").path("model_type").asString("");
        var name = named.isEmpty() ? family : SUFFIX.matcher(named).replaceFirst("");
        return known(name)
                .orElseThrow(() ->
                        SartorException.user(
                                file
                                        + " does not say which tokens stand around a text, and the class '"
                                        + name
                                        + "' in tokenizer_config.json or the family in config.json is not known here:"
                                        + " save a tokenizer.json beside it with"
                                        + " AutoTokenizer.from_pretrained(…).save_pretrained(…) of transformers"));
    }

    private static Optional<TokenizerFamily> known(String name) {
        return Stream.of(values()).filter(family -> family.names.contains(name)).findFirst();
    }

    static JsonNode json(Path folder, String name) {
        var file = folder.resolve(name);
        return Files.exists(file) ? Json.read(file) : Json.mapper().createObjectNode();
    }
}
