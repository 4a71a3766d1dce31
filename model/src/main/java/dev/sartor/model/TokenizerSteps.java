package dev.sartor.model;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import tools.jackson.databind.JsonNode;

/// Reads the steps of a tokenizer.json around its model: normaliser, pre-tokenizer, decoder.
final class TokenizerSteps {
    private final Path file;

    TokenizerSteps(Path file) {
        this.file = file;
    }

    /// @param byteLevel whether the words' bytes are to be written in {@link ByteAlphabet}
    record Split(TextSplitter splitter, boolean byteLevel) {}

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
            case "Replace" ->
                    Normalisers.replace(
                            pattern(node.path("pattern")), node.path("content").asString(""));
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

    private Pattern pattern(JsonNode node) {
        if (node.path("String").isString()) {
            return Pattern.compile(Pattern.quote(node.path("String").stringValue()));
        }
        if (!node.path("Regex").isString()) {
            throw broken("a pattern is neither String nor Regex: " + node);
        }
        try {
            return Pattern.compile(
                    node.path("Regex").stringValue(), Pattern.UNICODE_CHARACTER_CLASS);
        } catch (PatternSyntaxException e) {
            throw unsupported("the pattern", node.path("Regex").stringValue());
        }
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
            if (byteLevel) {
                throw unsupported("pre_tokenizer after ByteLevel", node.path("type").asString(""));
            }
            var split = splitter(node);
            splitters.add(split.splitter());
            byteLevel = split.byteLevel();
        }
        return new Split(TextSplitter.sequence(splitters), byteLevel);
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
        return Splitters.metaspace(
                node.path("replacement").asString("▁"),
                switch (scheme) {
                    case "always" -> Splitters.Prepend.ALWAYS;
                    case "first" -> Splitters.Prepend.FIRST;
                    case "never" -> Splitters.Prepend.NEVER;
                    default -> throw unsupported("pre_tokenizer.prepend_scheme", scheme);
                },
                node.path("split").asBoolean(true));
    }

    TokenText text(JsonNode node) {
        if (node.isMissingNode() || node.isNull()) {
            return TokenText.words();
        }
        var type = node.path("type").asString("");
        return switch (type) {
            case "ByteLevel" -> TokenText.byteLevel();
            case "WordPiece" ->
                    TokenText.wordPieces(
                            node.path("prefix").asString("##"),
                            node.path("cleanup").asBoolean(true));
            case "Metaspace", "Replace", "ByteFallback", "Fuse", "Strip" -> marked(List.of(node));
            case "Sequence" -> {
                var nodes = node.path("decoders").valueStream().toList();
                yield nodes.size() == 1 ? text(nodes.getFirst()) : marked(nodes);
            }
            default -> throw unsupported("decoder", type);
        };
    }

    private TokenText marked(List<JsonNode> nodes) {
        var replacements = new ArrayList<TokenText.Replacement>();
        boolean fallback = false;
        var mark = "";
        int strip = 0;
        for (var node : nodes) {
            var type = node.path("type").asString("");
            switch (type) {
                case "Metaspace" -> {
                    var replaced = node.path("replacement").asString("▁");
                    replacements.add(new TokenText.Replacement(replaced, " "));
                    boolean never = node.path("prepend_scheme").asString("").equals("never");
                    mark = never ? "" : replaced;
                }
                case "Replace" ->
                        replacements.add(
                                new TokenText.Replacement(
                                        node.path("pattern").path("String").asString(""),
                                        node.path("content").asString("")));
                case "ByteFallback" -> fallback = true;
                case "Fuse" -> {}
                case "Strip" -> strip = strip(node);
                default -> throw unsupported("decoder", type);
            }
        }
        return new TokenText.Marked(replacements, fallback, mark, strip);
    }

    private int strip(JsonNode node) {
        if (!node.path("content").asString("").equals(" ") || node.path("stop").asInt(0) != 0) {
            throw unsupported("decoder", node.toString());
        }
        return node.path("start").asInt(0);
    }
}
