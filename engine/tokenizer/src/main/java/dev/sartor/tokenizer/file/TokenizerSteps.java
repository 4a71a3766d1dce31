package dev.sartor.tokenizer.file;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.subword.ByteAlphabet;
import dev.sartor.tokenizer.text.BertCharacters;
import dev.sartor.tokenizer.text.BertNormaliser;
import dev.sartor.tokenizer.text.CharsMap;
import dev.sartor.tokenizer.text.CompiledNormaliser;
import dev.sartor.tokenizer.text.Cuts;
import dev.sartor.tokenizer.text.Normalisers;
import dev.sartor.tokenizer.text.Patterns;
import dev.sartor.tokenizer.text.ScriptSplitter;
import dev.sartor.tokenizer.text.Splitters;
import dev.sartor.tokenizer.text.TextNormaliser;
import dev.sartor.tokenizer.text.TextSplitter;
import dev.sartor.tokenizer.text.UnicodeForm;
import dev.sartor.tokenizer.text.WordScanner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// Reads the steps of a tokenizer.json before its model: normaliser and pre-tokenizer.
final class TokenizerSteps {
    private final Path file;

    TokenizerSteps(Path file) {
        this.file = file;
    }

    /// @param byteLevel whether the words' bytes are to be written in {@link ByteAlphabet}
    record Split(TextSplitter splitter, boolean byteLevel) {
        /// For a model that does not write the bytes itself.
        TextSplitter written() {
            return byteLevel
                    ? (text, words) ->
                            splitter.split(text, word -> words.accept(ByteAlphabet.aligned(word)))
                    : splitter;
        }
    }

    SartorException broken(String what) {
        return SartorException.user(
                file + " is not a usable tokenizer: " + what + ". Fetch the model again.");
    }

    SartorException unsupported(String where, String what) {
        return SartorException.user(
                file + ": " + where + " '" + what + "' is not supported: choose another model.");
    }

    TextNormaliser normaliser(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return TextNormaliser.none();
        }
        var type = node.path("type").asString("");
        return switch (type) {
            case "Sequence" ->
                    TextNormaliser.sequence(
                            node.path("normalizers").valueStream().map(this::normaliser).toList());
            case "BertNormalizer" -> bert(node);
            case "NFC" -> UnicodeForm.NFC;
            case "NFD" -> UnicodeForm.NFD;
            case "NFKC" -> UnicodeForm.NFKC;
            case "NFKD" -> UnicodeForm.NFKD;
            case "StripAccents" -> Normalisers.withoutMarks();
            case "Lowercase" -> BertNormaliser::lowered;
            case "Prepend" -> Normalisers.prepend(node.path("prepend").asString(""));
            case "Replace" -> replace(node);
            case "Precompiled" -> compiled(node);
            case "Nmt" -> Normalisers.nmt();
            case "ByteLevel" -> ByteAlphabet::aligned;
            case "Strip" ->
                    Normalisers.strip(
                            node.path("strip_left").asBoolean(true),
                            node.path("strip_right").asBoolean(true));
            default -> throw unsupported("normalizer", type);
        };
    }

    private static TextNormaliser bert(JsonNode node) {
        boolean lower = node.path("lowercase").asBoolean(true);
        return new BertNormaliser(
                node.path("clean_text").asBoolean(true),
                node.path("handle_chinese_chars").asBoolean(true),
                node.path("strip_accents").asBoolean(lower),
                lower);
    }

    private TextNormaliser replace(JsonNode node) {
        var literal = node.path("pattern").path("String");
        var content = node.path("content").asString("");
        return literal.isString()
                ? Normalisers.replace(literal.stringValue(), content)
                : Normalisers.replace(pattern(node.path("pattern")), content);
    }

    private TextNormaliser compiled(JsonNode node) {
        var charsmap = node.path("precompiled_charsmap").asString("");
        if (charsmap.isEmpty()) {
            return TextNormaliser.none();
        }
        try {
            var blob = Base64.getDecoder().decode(charsmap);
            return new CompiledNormaliser(CharsMap.of(blob, file + ": precompiled_charsmap"));
        } catch (IllegalArgumentException e) {
            throw broken("precompiled_charsmap is not base64");
        }
    }

    private Pattern pattern(JsonNode node) {
        if (node.path("String").isString()) {
            return Pattern.compile(Pattern.quote(node.path("String").stringValue()));
        }
        if (!node.path("Regex").isString()) {
            throw broken("a pattern is neither String nor Regex: " + node);
        }
        var regex = node.path("Regex").stringValue();
        try {
            if (!Patterns.isAmbiguous(regex)) {
                return Patterns.of(regex);
            }
        } catch (PatternSyntaxException | StackOverflowError e) {
            // falls to the refusal below
        }
        throw unsupported("the pattern", regex);
    }

    Split splitter(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return new Split(TextSplitter.none(), false);
        }
        var type = node.path("type").asString("");
        if (type.equals("Sequence")) {
            return sequence(node.path("pretokenizers"));
        }
        if (type.equals("ByteLevel")) {
            var words =
                    node.path("use_regex").asBoolean(true) ? WordScanner.GPT2 : TextSplitter.none();
            return new Split(
                    node.path("add_prefix_space").asBoolean(true)
                            ? Splitters.spaceBefore(words)
                            : words,
                    true);
        }
        return new Split(
                switch (type) {
                    case "BertPreTokenizer" -> Splitters.bert();
                    case "Digits" ->
                            Splitters.digits(node.path("individual_digits").asBoolean(false));
                    case "WhitespaceSplit" -> Splitters.spacesRemoved();
                    case "UnicodeScripts" -> new ScriptSplitter();
                    case "CharDelimiterSplit" -> delimited(node);
                    case "FixedLength" -> Splitters.fixedLength(length(node));
                    case "Whitespace" ->
                            Splitters.matching(
                                    Pattern.compile(
                                            "\\w+|[^\\w\\s]+", Pattern.UNICODE_CHARACTER_CLASS),
                                    Cuts.Behavior.REMOVED,
                                    true);
                    case "Punctuation" ->
                            Splitters.fitting(BertCharacters::isPunctuation, behavior(node));
                    case "Metaspace" -> metaspace(node);
                    case "Split" -> split(node);
                    default -> throw unsupported("pre_tokenizer", type);
                },
                false);
    }

    private Split sequence(JsonNode nodes) {
        var splitters = new ArrayList<TextSplitter>();
        boolean byteLevel = false;
        for (var node : nodes) {
            if (byteLevel) { // what comes after it sees the letters of the bytes
                splitters.add((text, words) -> words.accept(ByteAlphabet.aligned(text)));
            }
            var split = splitter(node);
            splitters.add(split.splitter());
            byteLevel = split.byteLevel();
        }
        return new Split(TextSplitter.sequence(splitters), byteLevel);
    }

    private TextSplitter delimited(JsonNode node) {
        var delimiter = node.path("delimiter").asString("");
        if (delimiter.isEmpty()) {
            throw broken("CharDelimiterSplit has no delimiter");
        }
        return Splitters.fitting(
                codePoint -> codePoint == delimiter.codePointAt(0), Cuts.Behavior.REMOVED);
    }

    private int length(JsonNode node) {
        int length = node.path("length").asInt(5);
        if (length < 1) {
            throw broken("FixedLength's length must be at least 1, found " + length);
        }
        return length;
    }

    private Cuts.Behavior behavior(JsonNode node) {
        var name = node.path("behavior").asString("Isolated");
        return Cuts.Behavior.named(name)
                .orElseThrow(() -> unsupported("pre_tokenizer.behavior", name));
    }

    private TextSplitter split(JsonNode node) {
        boolean invert = node.path("invert").asBoolean(false);
        var behavior = behavior(node);
        boolean whole =
                behavior == Cuts.Behavior.ISOLATED || (behavior == Cuts.Behavior.REMOVED && invert);
        if (whole) {
            switch (node.path("pattern").path("Regex").asString("")) {
                case WordScanner.GPT2_PATTERN -> {
                    return WordScanner.GPT2;
                }
                case WordScanner.LLAMA3_PATTERN -> {
                    return WordScanner.LLAMA3;
                }
                case WordScanner.QWEN2_PATTERN -> {
                    return WordScanner.QWEN2;
                }
                default -> {}
            }
        }
        return Splitters.matching(pattern(node.path("pattern")), behavior, invert);
    }

    private TextSplitter metaspace(JsonNode node) {
        var scheme =
                node.path("prepend_scheme")
                        .asString(
                                node.path("add_prefix_space").asBoolean(true) ? "always" : "never");
        var mark = node.path("replacement").asString("▁");
        if (mark.length() != 1) {
            throw unsupported("pre_tokenizer.replacement", mark);
        }
        return Splitters.metaspace(
                mark,
                switch (scheme) {
                    case "always" -> Splitters.Prepend.ALWAYS;
                    case "first" -> Splitters.Prepend.FIRST;
                    case "never" -> Splitters.Prepend.NEVER;
                    default -> throw unsupported("pre_tokenizer.prepend_scheme", scheme);
                },
                node.path("split").asBoolean(true));
    }
}
