package dev.sartor.model;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads a tokenizer from the keys `tokenizer.ggml.*` of a GGUF file (ggml's docs/gguf.md; which words a name in
/// `tokenizer.ggml.pre` stands for is llama.cpp's src/llama-vocab.cpp).
final class GgufVocabulary {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;

    /// Control tokens that end an answer, whatever else the file names.
    private static final List<String> ENDS =
            List.of(
                    "<|im_end|>",
                    "<|eot_id|>",
                    "<|eom_id|>",
                    "<|end|>",
                    "<end_of_turn>",
                    "<|endoftext|>",
                    "<|end_of_text|>");

    private final GgufMetadata metadata;
    private final List<String> tokens;
    private final long[] types;

    private GgufVocabulary(GgufMetadata metadata) {
        this.metadata = metadata;
        this.tokens =
                metadata.strings(PREFIX + "tokens")
                        .orElseThrow(() -> metadata.absent(PREFIX + "tokens"));
        this.types = metadata.integers(PREFIX + "token_type").orElseGet(() -> new long[0]);
        if (types.length != 0 && types.length != tokens.size()) {
            throw metadata.broken(
                    types.length + " token types do not fit " + tokens.size() + " tokens");
        }
    }

    static TokenizerParts read(GgufMetadata metadata) {
        var vocabulary = new GgufVocabulary(metadata);
        var model = metadata.string(PREFIX + "model").orElse("");
        return switch (model) {
            case "gpt2" -> vocabulary.bytePairs();
            case "bert" -> vocabulary.wordPieces();
            case "llama" -> vocabulary.sentencePieces();
            default ->
                    throw SartorException.user(
                            "the GGUF file's tokenizer '"
                                    + model
                                    + "' is not supported; gpt2, llama and bert are: choose another file.");
        };
    }

    private TokenizerParts bytePairs() {
        var vocabulary = Vocabulary.of(tokens);
        var lines =
                metadata.strings(PREFIX + "merges")
                        .orElseThrow(() -> metadata.absent(PREFIX + "merges"));
        var merges = new MergeTable(lines.size());
        for (int rank = 0; rank < lines.size(); rank++) {
            var line = lines.get(rank);
            int blank = line.indexOf(' ', 1);
            if (blank < 0) {
                throw metadata.broken("merge " + rank + " is not a pair: '" + line + "'");
            }
            var left = vocabulary.id(line.substring(0, blank));
            var right = vocabulary.id(line.substring(blank + 1));
            var merged = vocabulary.id(line.substring(0, blank) + line.substring(blank + 1));
            if (left.isEmpty() || right.isEmpty() || merged.isEmpty()) {
                throw metadata.broken("merge '" + line + "' names a token that does not exist");
            }
            merges.put(left.getAsInt(), right.getAsInt(), rank, merged.getAsInt());
        }
        var pre = metadata.string(PREFIX + "pre").orElse("default");
        boolean llama3 = pre.equals("llama-bpe") || pre.equals("llama3");
        var rules = new BytePairs.Rules(llama3, true, false, false, OptionalInt.empty());
        return new TokenizerParts(
                vocabulary,
                added(),
                TextNormaliser.none(),
                words(pre),
                new BytePairs(vocabulary, merges, rules, control()),
                template(llama3, false),
                TokenText.byteLevel(),
                settings());
    }

    private static TextSplitter words(String pre) {
        return switch (pre) {
            case "gpt-2", "gpt2", "olmo", "mpt", "jais", "phi-2" -> WordScanner.GPT2;
            case "llama-bpe", "llama3", "smaug-bpe", "dbrx", "falcon3", "pixtral" ->
                    WordScanner.LLAMA3;
            case "qwen2", "deepseek-r1-qwen", "stablelm2", "hunyuan" -> WordScanner.QWEN2;
            case "smollm", "codeshell", "starcoder", "refact", "command-r", "exaone" ->
                    TextSplitter.sequence(List.of(Splitters.digits(true), WordScanner.GPT2));
            default ->
                    throw SartorException.user(
                            "the GGUF file's pre-tokenizer '"
                                    + pre
                                    + "' is not supported; gpt-2, llama-bpe, qwen2 and smollm are:"
                                    + " choose another file, or a folder with tokenizer.json.");
        };
    }

    private TokenizerParts wordPieces() {
        var pieces = new ArrayList<String>();
        for (var token :
                tokens) { // ▁ begins a word, where BERT's own files mark what continues one
            boolean whole = token.startsWith("[") && token.endsWith("]");
            pieces.add(token.startsWith("▁") ? token.substring(1) : whole ? token : "##" + token);
        }
        var vocabulary = Vocabulary.of(pieces);
        int unknown =
                (int)
                        metadata.integer(PREFIX + "unknown_token_id")
                                .orElse(vocabulary.id("[UNK]").orElse(0));
        var settings = settings();
        return new TokenizerParts(
                vocabulary,
                added(),
                new BertNormaliser(true, true, true, true),
                Splitters.bert(),
                new WordPieces(vocabulary, "##", 100, unknown, control()),
                template(true, true),
                TokenText.wordPieces("##", true),
                settings);
    }

    private TokenizerParts sentencePieces() {
        var vocabulary = Vocabulary.of(tokens);
        var scores =
                metadata.numbers(PREFIX + "scores")
                        .orElseThrow(() -> metadata.absent(PREFIX + "scores"));
        if (scores.length != tokens.size()) {
            throw metadata.broken(
                    scores.length + " scores do not fit " + tokens.size() + " tokens");
        }
        boolean spaceFirst = metadata.flag(PREFIX + "add_space_prefix").orElse(true);
        var mark = Normalisers.replace(Pattern.compile(" "), "▁");
        return new TokenizerParts(
                vocabulary,
                added(),
                mark,
                spaceFirst
                        ? (text, words) -> words.accept(Normalisers.prepend("▁").apply(text))
                        : TextSplitter.none(),
                new BytePairs(
                        vocabulary,
                        ScoredMerges.of(vocabulary, scores, this::isNormal),
                        new BytePairs.Rules(false, false, true, false, id("unknown_token_id")),
                        control()),
                template(true, false),
                new TokenText.Marked(
                        List.of(new TokenText.Replacement("▁", " ")), true, "", spaceFirst ? 1 : 0),
                settings());
    }

    private boolean isNormal(int id) {
        return types.length == 0 || types[id] == NORMAL || types[id] == USER_DEFINED;
    }

    private List<AddedToken> added() {
        var added = new ArrayList<AddedToken>();
        for (int id = 0; id < types.length; id++) {
            boolean control = types[id] == CONTROL || types[id] == UNKNOWN;
            if (control || types[id] == USER_DEFINED) {
                added.add(new AddedToken(id, tokens.get(id), false, false, false, false, control));
            }
        }
        return added;
    }

    private Set<Integer> control() {
        var control = new HashSet<Integer>();
        added().stream().filter(AddedToken::control).forEach(token -> control.add(token.id()));
        return control;
    }

    private TokenTemplate template(boolean beginsByDefault, boolean endsByDefault) {
        boolean begins = metadata.flag(PREFIX + "add_bos_token").orElse(beginsByDefault);
        boolean ends =
                metadata.flag(PREFIX + "add_eos_token")
                        .or(() -> metadata.flag(PREFIX + "add_sep_token"))
                        .orElse(endsByDefault);
        var beginning = first("bos_token_id", "cls_token_id");
        var end = endsByDefault ? first("seperator_token_id", "eos_token_id") : id("eos_token_id");
        return TokenTemplate.around(
                begins && beginning.isPresent() ? List.of(beginning.getAsInt()) : List.of(),
                ends && end.isPresent() ? List.of(end.getAsInt()) : List.of());
    }

    private OptionalInt first(String key, String otherwise) {
        return id(key).isPresent() ? id(key) : id(otherwise);
    }

    private OptionalInt id(String key) {
        var value = metadata.integer(PREFIX + key);
        if (value.isPresent() && (value.getAsLong() < 0 || value.getAsLong() >= tokens.size())) {
            throw metadata.broken(
                    PREFIX + key + " is " + value.getAsLong() + ", which is no token");
        }
        return value.isPresent() ? OptionalInt.of((int) value.getAsLong()) : OptionalInt.empty();
    }

    private TokenizerSettings settings() {
        var ends = new LinkedHashSet<Integer>();
        for (var key : List.of("eos_token_id", "eot_token_id", "eom_token_id")) {
            id(key).ifPresent(ends::add);
        }
        for (var token : added()) {
            if (token.special() && ENDS.contains(token.content())) {
                ends.add(token.id());
            }
        }
        return new TokenizerSettings(
                metadata.string("tokenizer.chat_template"),
                id("bos_token_id"),
                List.copyOf(ends),
                id("unknown_token_id"),
                id("padding_token_id"));
    }
}
