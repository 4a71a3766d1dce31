package dev.sartor.tokenizer.file;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.AddedToken;
import dev.sartor.tokenizer.TokenTemplate;
import dev.sartor.tokenizer.TokenText;
import dev.sartor.tokenizer.TokenizerParts;
import dev.sartor.tokenizer.TokenizerSettings;
import dev.sartor.tokenizer.subword.BytePairs;
import dev.sartor.tokenizer.subword.MergeTable;
import dev.sartor.tokenizer.subword.ScoredMerges;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.tokenizer.subword.WordPieces;
import dev.sartor.tokenizer.text.BertNormaliser;
import dev.sartor.tokenizer.text.CharsMap;
import dev.sartor.tokenizer.text.Normalisers;
import dev.sartor.tokenizer.text.Splitters;
import dev.sartor.tokenizer.text.TextNormaliser;
import dev.sartor.tokenizer.text.TextSplitter;
import dev.sartor.weights.gguf.GgufMetadata;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;

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
            case "t5" -> vocabulary.unigram();
            default ->
                    throw SartorException.user(
                            "the GGUF file's tokenizer '"
                                    + model
                                    + "' is not supported; gpt2, llama, bert and t5 are: choose another file.");
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
        var words =
                GgufWords.named(pre)
                        .orElseThrow(() ->
                                SartorException.user(
                                        "the GGUF file's pre-tokenizer '"
                                                + pre
                                                + "' is not supported: choose another file, or a"
                                                + " folder with tokenizer.json."));
        var rules =
                new BytePairs.Rules(words.wholeWords(), true, false, false, OptionalInt.empty());
        return new TokenizerParts(
                vocabulary,
                added(),
                TextNormaliser.none(),
                words.splitter(),
                new BytePairs(vocabulary, merges, rules, control()),
                template(words.begins(), words.ends()),
                TokenText.byteLevel(),
                settings());
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
                new BertNormaliser(
                        true,
                        true,
                        metadata.flag(PREFIX + "normalizer.strip_accents").orElse(true),
                        metadata.flag(PREFIX + "normalizer.lowercase").orElse(true)),
                Splitters.bert(),
                new WordPieces(vocabulary, "##", 100, unknown, control()),
                template(true, true),
                TokenText.wordPieces("##", true),
                settings);
    }

    private TokenizerParts sentencePieces() {
        var vocabulary = Vocabulary.of(tokens);
        var scores = scores();
        boolean spaceFirst = metadata.flag(PREFIX + "add_space_prefix").orElse(true);
        var mark = Normalisers.replace(" ", "▁");
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
                TokenText.Steps.marked(true, spaceFirst),
                settings());
    }

    private TokenizerParts unigram() {
        var scores = scores();
        var pieces = new ArrayList<SentencePieceFile.Piece>();
        for (int id = 0; id < tokens.size(); id++) {
            pieces.add(new SentencePieceFile.Piece(tokens.get(id), (float) scores[id], use(id)));
        }
        var blanks =
                new SentencePieceFile.Whitespace(
                        metadata.flag(PREFIX + "add_space_prefix").orElse(true),
                        metadata.flag(PREFIX + "remove_extra_whitespaces").orElse(false),
                        true,
                        false);
        var rules =
                metadata.bytes(PREFIX + "precompiled_charsmap")
                        .map(blob -> CharsMap.of(blob, PREFIX + "precompiled_charsmap"));
        var made =
                new SentencePieceVocabulary(
                        new SentencePieceFile(
                                pieces, SentencePieceFile.Kind.UNIGRAM, blanks, rules),
                        tokens,
                        false);
        return new TokenizerParts(
                made.vocabulary(),
                made.added(),
                made.normaliser(),
                TextSplitter.none(),
                made.model(),
                template(false, true),
                made.text(),
                settings());
    }

    private double[] scores() {
        var scores =
                metadata.numbers(PREFIX + "scores")
                        .orElseThrow(() -> metadata.absent(PREFIX + "scores"));
        if (scores.length != tokens.size()) {
            throw metadata.broken(
                    scores.length + " scores do not fit " + tokens.size() + " tokens");
        }
        return scores;
    }

    private SentencePieceFile.Use use(int id) {
        long type = types.length == 0 ? NORMAL : types[id];
        return SentencePieceFile.Use.of(type).orElse(SentencePieceFile.Use.UNUSED);
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

    /// @param begins,ends whether a token is added where the file does not say
    private TokenTemplate template(boolean begins, boolean ends) {
        boolean withBeginning = metadata.flag(PREFIX + "add_bos_token").orElse(begins);
        boolean withEnd = metadata.flag(PREFIX + "add_eos_token").orElse(false);
        boolean withSeparator = metadata.flag(PREFIX + "add_sep_token").orElse(ends);
        var beginning = first("bos_token_id", "cls_token_id");
        var end =
                withSeparator && !withEnd
                        ? first(
                                "seperator_token_id",
                                "eos_token_id") // so in the format's own documents
                        : id("eos_token_id");
        return TokenTemplate.around(
                withBeginning && beginning.isPresent() ? List.of(beginning.getAsInt()) : List.of(),
                (withEnd || withSeparator) && end.isPresent()
                        ? List.of(end.getAsInt())
                        : List.of());
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
