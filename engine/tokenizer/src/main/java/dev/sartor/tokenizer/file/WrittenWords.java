package dev.sartor.tokenizer.file;

import dev.sartor.core.Json;
import dev.sartor.tokenizer.text.TextSplitter;
import dev.sartor.tokenizer.text.WordScanner;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Ways to cut a text into words that both formats have words for: a name in `tokenizer.ggml.pre` (llama.cpp's
/// src/llama-vocab.cpp) and a pre_tokenizer in tokenizer.json, as the models' own files have it.
enum WrittenWords {
    GPT_2("gpt-2", ""),
    LLAMA_3("llama-bpe", WordScanner.LLAMA3_PATTERN),
    QWEN_2("qwen2", WordScanner.QWEN2_PATTERN),
    SMOL_LM("smollm", "");

    private final String pre;
    private final String pattern;

    WrittenWords(String pre, String pattern) {
        this.pre = pre;
        this.pattern = pattern;
    }

    /// The name in `tokenizer.ggml.pre`.
    String pre() {
        return pre;
    }

    private GgufWords words() {
        return GgufWords.named(pre).orElseThrow();
    }

    /// Empty for a way that is none of these.
    static Optional<WrittenWords> of(TextSplitter splitter) {
        for (var each : values()) {
            if (each.words().splitter().equals(splitter)) {
                return Optional.of(each);
            }
        }
        return Optional.empty();
    }

    /// All of them, the one first that a pre_tokenizer looks like: vocabularies that were trained with digits apart hardly show
    /// how numbers are cut.
    ///
    /// @param written what tokenizer.json says
    static List<WrittenWords> likeliestFirst(JsonNode written) {
        var text = written.toString();
        var likely =
                text.contains("Digits")
                        ? SMOL_LM
                        : text.contains("{1,3}") ? LLAMA_3 : text.contains("N}|") ? QWEN_2 : GPT_2;
        return Arrays.stream(values())
                .sorted(Comparator.comparing(each -> each != likely))
                .toList();
    }

    ObjectNode json() {
        var json = Json.mapper().createObjectNode();
        if (this == GPT_2) {
            return bytes(true).put("add_prefix_space", false);
        }
        json.put("type", "Sequence");
        var steps = json.putArray("pretokenizers");
        if (this == SMOL_LM) {
            steps.addObject().put("type", "Digits").put("individual_digits", true);
            steps.add(bytes(true).put("add_prefix_space", false));
            return json;
        }
        var split = steps.addObject().put("type", "Split");
        split.putObject("pattern").put("Regex", pattern);
        split.put("behavior", "Isolated").put("invert", false);
        steps.add(bytes(false).put("add_prefix_space", false));
        return json;
    }

    /// @param regex whether words are cut as GPT-2 does
    static ObjectNode bytes(boolean regex) {
        return Json.mapper()
                .createObjectNode()
                .put("type", "ByteLevel")
                .put("add_prefix_space", true)
                .put("trim_offsets", true)
                .put("use_regex", regex);
    }
}
