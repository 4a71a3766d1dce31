package dev.sartor.tokenizer.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.subword.MergeTable;
import dev.sartor.tokenizer.subword.ScoredMerges;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.weights.gguf.GgufMetadata;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// The files of a tokenizer as transformers reads them, made from the vocabulary of a GGUF file: tokenizer.json (the format of
/// HF's tokenizers), tokenizer_config.json with the chat template, special_tokens_map.json and generation_config.json.
public final class TokenizerFiles {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final int CONTROL = 3;
    private static final int UNKNOWN = 2;
    private static final int USER_DEFINED = 4;

    private final GgufMetadata metadata;
    private final Tokenizer tokenizer;
    private final List<String> tokens;
    private final long[] types;

    private TokenizerFiles(GgufMetadata metadata) {
        this.metadata = metadata;
        this.tokenizer = TokenizerReader.of(metadata);
        this.tokens = metadata.strings(PREFIX + "tokens").orElseGet(List::of);
        this.types = metadata.integers(PREFIX + "token_type").orElseGet(() -> new long[0]);
    }

    /// Whether the file has a vocabulary at all.
    public static boolean has(GgufMetadata metadata) {
        return metadata.keys().contains(PREFIX + "tokens");
    }

    /// @throws SartorException a user's error for a vocabulary that tokenizer.json has no words for here
    public static TokenizerFiles of(GgufMetadata metadata) {
        return new TokenizerFiles(metadata);
    }

    public void write(Path folder) {
        AtomicFile.write(folder.resolve("tokenizer.json"), Json.line(json()));
        AtomicFile.write(folder.resolve("tokenizer_config.json"), Json.pretty(config()));
        AtomicFile.write(folder.resolve("special_tokens_map.json"), Json.pretty(named()));
        AtomicFile.write(folder.resolve("generation_config.json"), Json.pretty(generation()));
        check(folder);
    }

    /// The written tokenizer is held against the file's own.
    private void check(Path folder) {
        var written = TokenizerReader.open(folder);
        for (var text : ProbeTexts.all()) {
            if (!Arrays.equals(written.encode(text, true), tokenizer.encode(text, true))) {
                throw SartorException.defect(
                        "the written tokenizer.json tokenises another way: " + Json.line(text));
            }
        }
    }

    private ObjectNode json() {
        var json = Json.mapper().createObjectNode();
        json.put("version", "1.0");
        json.putNull("truncation");
        json.putNull("padding");
        added(json.putArray("added_tokens"));
        var model = metadata.string(PREFIX + "model").orElse("");
        switch (model) {
            case "gpt2" -> byteLevel(json);
            case "llama" -> sentencePieces(json);
            default ->
                    throw SartorException.user(
                            "the GGUF file's tokenizer '"
                                    + model
                                    + "' cannot be written as tokenizer.json; gpt2 and llama can: take the model's folder"
                                    + " with safetensors");
        }
        return json;
    }

    private void added(ArrayNode added) {
        for (int id = 0; id < types.length; id++) {
            boolean special = types[id] == CONTROL || types[id] == UNKNOWN;
            if (special || types[id] == USER_DEFINED) {
                added.addObject()
                        .put("id", id)
                        .put("content", tokens.get(id))
                        .put("single_word", false)
                        .put("lstrip", false)
                        .put("rstrip", false)
                        .put("normalized", false)
                        .put("special", special);
            }
        }
    }

    private void byteLevel(ObjectNode json) {
        var pre = metadata.string(PREFIX + "pre").orElse("default");
        var words = GgufWords.named(pre).orElseThrow(() -> unknownWords(pre));
        json.putNull("normalizer");
        json.set(
                "pre_tokenizer",
                WrittenWords.of(words.splitter()).orElseThrow(() -> unknownWords(pre)).json());
        around(json, WrittenWords.bytes(false));
        json.set("decoder", WrittenWords.bytes(true));
        var merges = Json.mapper().createArrayNode();
        for (var line : metadata.strings(PREFIX + "merges").orElseGet(List::of)) {
            int blank = line.indexOf(' ', 1);
            merges.addArray().add(line.substring(0, blank)).add(line.substring(blank + 1));
        }
        var model = model(json, merges);
        model.put("byte_fallback", false);
        model.put("fuse_unk", false);
        model.put("ignore_merges", words.wholeWords());
        model.putNull("unk_token");
    }

    private static SartorException unknownWords(String pre) {
        return SartorException.user(
                "the GGUF file's pre-tokenizer '"
                        + pre
                        + "' cannot be written as tokenizer.json: take the model's folder with safetensors, or export"
                        + " --as gguf");
    }

    private void sentencePieces(ObjectNode json) {
        boolean first = metadata.flag(PREFIX + "add_space_prefix").orElse(true);
        var mapper = Json.mapper();
        var mark = mapper.createObjectNode().put("type", "Replace").put("content", "▁");
        mark.putObject("pattern").put("String", " ");
        if (first) {
            var both = json.putObject("normalizer").put("type", "Sequence").putArray("normalizers");
            both.addObject().put("type", "Prepend").put("prepend", "▁");
            both.add(mark);
        } else {
            json.set("normalizer", mark);
        }
        json.putNull("pre_tokenizer");
        around(json, mapper.nullNode());
        var steps = json.putObject("decoder").put("type", "Sequence").putArray("decoders");
        steps.addObject()
                .put("type", "Replace")
                .put("content", " ")
                .putObject("pattern")
                .put("String", "▁");
        steps.addObject().put("type", "ByteFallback");
        steps.addObject().put("type", "Fuse");
        if (first) {
            steps.addObject()
                    .put("type", "Strip")
                    .put("content", " ")
                    .put("start", 1)
                    .put("stop", 0);
        }
        var model = model(json, scoredMerges());
        model.put("byte_fallback", true);
        model.put("fuse_unk", true);
        model.put("ignore_merges", false);
        tokenizer
                .settings()
                .unknown()
                .ifPresentOrElse(
                        id -> model.put("unk_token", tokens.get(id)),
                        () -> model.putNull("unk_token"));
    }

    /// As transformers' converters order them: by score, then by the halves' lengths.
    private ArrayNode scoredMerges() {
        var scores =
                metadata.numbers(PREFIX + "scores")
                        .orElseThrow(() -> metadata.absent(PREFIX + "scores"));
        var table =
                ScoredMerges.of(
                        Vocabulary.of(tokens),
                        scores,
                        id -> types.length == 0 || types[id] == 1 || types[id] == USER_DEFINED);
        var found = new ArrayList<int[]>();
        table.forEach((left, right) ->
                found.add(new int[] {left, right, MergeTable.rank(table.find(left, right))}));
        found.sort((one, other) -> {
            int byRank = Integer.compare(one[2], other[2]);
            int byLeft = Integer.compare(length(one[0]), length(other[0]));
            return byRank != 0
                    ? byRank
                    : byLeft != 0 ? byLeft : Integer.compare(length(one[1]), length(other[1]));
        });
        var merges = Json.mapper().createArrayNode();
        found.forEach(pair -> merges.addArray().add(tokens.get(pair[0])).add(tokens.get(pair[1])));
        return merges;
    }

    private int length(int id) {
        return tokens.get(id).codePointCount(0, tokens.get(id).length());
    }

    private ObjectNode model(ObjectNode json, ArrayNode merges) {
        var model = json.putObject("model");
        model.put("type", "BPE");
        model.putNull("dropout");
        model.putNull("continuing_subword_prefix");
        model.putNull("end_of_word_suffix");
        var vocabulary = model.putObject("vocab");
        for (int id = 0; id < tokens.size(); id++) {
            vocabulary.put(tokens.get(id), id);
        }
        model.set("merges", merges);
        return model;
    }

    /// The tokens that stand around a text.
    private void around(ObjectNode json, tools.jackson.databind.JsonNode otherwise) {
        var bare = tokenizer.encode("a", false);
        var whole = tokenizer.encode("a", true);
        if (bare.length == whole.length) {
            json.set("post_processor", otherwise);
            return;
        }
        int before = Math.max(0, GgufTokens.indexOf(whole, bare));
        var begins = Arrays.copyOf(whole, before);
        var ends = Arrays.copyOfRange(whole, before + bare.length, whole.length);
        var template = json.putObject("post_processor").put("type", "TemplateProcessing");
        pieces(template.putArray("single"), begins, ends, "A", 0);
        var pair = template.putArray("pair");
        pieces(pair, begins, ends, "A", 0);
        pieces(pair, begins, ends, "B", 1);
        var special = template.putObject("special_tokens");
        for (var ids : List.of(begins, ends)) {
            for (int id : ids) {
                var token = special.putObject(tokens.get(id)).put("id", tokens.get(id));
                token.putArray("ids").add(id);
                token.putArray("tokens").add(tokens.get(id));
            }
        }
    }

    private void pieces(ArrayNode pieces, int[] begins, int[] ends, String text, int type) {
        for (int id : begins) {
            pieces.addObject()
                    .putObject("SpecialToken")
                    .put("id", tokens.get(id))
                    .put("type_id", type);
        }
        pieces.addObject().putObject("Sequence").put("id", text).put("type_id", type);
        for (int id : ends) {
            pieces.addObject()
                    .putObject("SpecialToken")
                    .put("id", tokens.get(id))
                    .put("type_id", type);
        }
    }

    private Map<String, Object> named() {
        var named = new LinkedHashMap<String, Object>();
        var settings = tokenizer.settings();
        put(named, "bos_token", settings.beginning());
        put(named, "eos_token", settings.ends().stream().mapToInt(id -> id).findFirst());
        put(named, "unk_token", settings.unknown());
        put(named, "pad_token", settings.padding());
        return named;
    }

    private void put(Map<String, Object> named, String key, OptionalInt id) {
        id.ifPresent(each -> named.put(key, tokens.get(each)));
    }

    private Map<String, Object> config() {
        var config = named();
        config.put("tokenizer_class", "PreTrainedTokenizerFast");
        config.put("clean_up_tokenization_spaces", false);
        metadata.integer(metadata.string("general.architecture").orElse("") + ".context_length")
                .ifPresent(length -> config.put("model_max_length", length));
        tokenizer.settings().chatTemplate().ifPresent(text -> config.put("chat_template", text));
        return config;
    }

    private Map<String, Object> generation() {
        var generation = new LinkedHashMap<String, Object>();
        var settings = tokenizer.settings();
        settings.beginning().ifPresent(id -> generation.put("bos_token_id", id));
        if (!settings.ends().isEmpty()) {
            generation.put("eos_token_id", settings.ends());
        }
        settings.padding().ifPresent(id -> generation.put("pad_token_id", id));
        return generation;
    }
}
