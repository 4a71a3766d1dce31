package dev.sartor.tokenizer.file;

import dev.sartor.core.Json;
import dev.sartor.tokenizer.AddedToken;
import dev.sartor.tokenizer.TokenizerParts;
import dev.sartor.tokenizer.TokenizerSettings;
import dev.sartor.tokenizer.subword.BytePairs;
import dev.sartor.tokenizer.subword.MergeTable;
import dev.sartor.tokenizer.subword.SubwordModel;
import dev.sartor.tokenizer.subword.UnigramPieces;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.tokenizer.subword.WordPieces;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/// Reads a tokenizer.json of HF's library. What is in it but not supported is refused, never left out; only its
/// truncation and padding are left to the caller.
final class TokenizerJson {
    private final TokenizerSteps steps;
    private final JsonNode root;
    private final Path file;

    private TokenizerJson(Path file, JsonNode root) {
        this.file = file;
        this.root = root;
        this.steps = new TokenizerSteps(file);
    }

    static TokenizerParts read(Path file, Settings settings) {
        return new TokenizerJson(file, Json.read(file)).parts(settings);
    }

    /// @param file what the tree was made from, for errors
    static TokenizerParts of(Path file, JsonNode root, Settings settings) {
        return new TokenizerJson(file, root).parts(settings);
    }

    /// Makes the settings once the vocabulary is known.
    @FunctionalInterface
    interface Settings {
        public TokenizerSettings of(Vocabulary vocabulary);
    }

    private TokenizerParts parts(Settings settings) {
        var model = root.path("model");
        var kind = model.path("type").asString(model.has("merges") ? "BPE" : "");
        var tokens = kind.equals("Unigram") ? listed(model) : mapped(model);
        var ofModel = Vocabulary.of(tokens, file.toString());
        var added = added(tokens);
        var vocabulary = Vocabulary.of(tokens, file.toString());
        var split = steps.splitter(root.path("pre_tokenizer"));
        var control = new HashSet<Integer>();
        added.stream().filter(AddedToken::control).forEach(token -> control.add(token.id()));
        return new TokenizerParts(
                vocabulary,
                added,
                steps.normaliser(root.path("normalizer")),
                kind.equals("BPE") ? split.splitter() : split.written(),
                switch (kind) {
                    case "BPE" -> bytePairs(model, ofModel, split.byteLevel(), control);
                    case "WordLevel" -> words(model, ofModel, control);
                    case "WordPiece" -> wordPieces(model, ofModel, control);
                    case "Unigram" -> unigram(model, ofModel, control);
                    default -> throw steps.unsupported("model", kind);
                },
                new TemplateReader(steps, vocabulary).template(root.path("post_processor")),
                new TokenDecoder(steps).text(root.path("decoder")),
                settings.of(vocabulary));
    }

    private Map<String, Integer> mapped(JsonNode model) {
        var tokens = new HashMap<String, Integer>();
        for (var field : model.path("vocab").properties()) {
            if (!field.getValue().isInt()) {
                throw steps.broken("token '" + field.getKey() + "' has no number");
            }
            tokens.put(field.getKey(), field.getValue().intValue());
        }
        if (tokens.isEmpty()) {
            throw steps.broken("model.vocab is missing or empty");
        }
        return tokens;
    }

    /// A token that stands there twice has its last number, as in HF's tokenizers: a file that transformers made of Gemma's GGUF
    /// has its tabulator so.
    private Map<String, Integer> listed(JsonNode model) {
        var tokens = new HashMap<String, Integer>();
        int number = 0;
        for (var entry : model.path("vocab")) {
            if (entry.size() != 2 || !entry.get(0).isString() || !entry.get(1).isNumber()) {
                throw steps.broken("model.vocab holds " + entry + ", not a token with its score");
            }
            tokens.put(entry.get(0).stringValue(), number++);
        }
        if (tokens.isEmpty()) {
            throw steps.broken("model.vocab is missing or empty");
        }
        return tokens;
    }

    /// Also adds them to the tokens.
    private List<AddedToken> added(Map<String, Integer> tokens) {
        var added = new ArrayList<AddedToken>();
        for (var node : root.path("added_tokens")) {
            if (!node.path("content").isString() || !node.path("id").isInt()) {
                throw steps.broken("added_tokens holds " + node + ", without content or id");
            }
            var content = node.path("content").stringValue();
            int id = tokens.getOrDefault(content, node.path("id").intValue());
            tokens.put(content, id);
            added.add(
                    new AddedToken(
                            id,
                            content,
                            node.path("single_word").asBoolean(false),
                            node.path("lstrip").asBoolean(false),
                            node.path("rstrip").asBoolean(false),
                            node.path("normalized").asBoolean(false),
                            node.path("special").asBoolean(false)));
        }
        return added;
    }

    private SubwordModel bytePairs(
            JsonNode model, Vocabulary vocabulary, boolean byteLevel, Set<Integer> control) {
        var affixes =
                new BytePairs.Affixes(
                        model.path("continuing_subword_prefix").asString(""),
                        model.path("end_of_word_suffix").asString(""));
        if (byteLevel && !affixes.equals(BytePairs.Affixes.NONE)) {
            throw steps.unsupported("ByteLevel with affixes", affixes.toString());
        }
        if (model.path("dropout").asDouble(0) != 0) {
            throw steps.unsupported("model.dropout", model.path("dropout").toString());
        }
        var merges = new MergeTable(model.path("merges").size());
        int rank = 0;
        for (var node : model.path("merges")) {
            var pair = pair(node);
            merges.put(
                    number(vocabulary, pair.getFirst()),
                    number(vocabulary, pair.getLast()),
                    rank++,
                    number(vocabulary, joined(pair, affixes)));
        }
        var unknown = model.path("unk_token").asString("");
        return new BytePairs(
                vocabulary,
                merges,
                new BytePairs.Rules(
                        model.path("ignore_merges").asBoolean(false),
                        byteLevel,
                        model.path("byte_fallback").asBoolean(false),
                        model.path("fuse_unk").asBoolean(false),
                        unknown.isEmpty()
                                ? OptionalInt.empty()
                                : OptionalInt.of(number(vocabulary, unknown))),
                affixes,
                control);
    }

    private String joined(List<String> pair, BytePairs.Affixes affixes) {
        if (!pair.getLast().startsWith(affixes.continuing())) {
            throw steps.broken("merge " + pair + " does not go on with " + affixes.continuing());
        }
        return pair.getFirst() + pair.getLast().substring(affixes.continuing().length());
    }

    private SubwordModel words(JsonNode model, Vocabulary vocabulary, Set<Integer> control) {
        int unknown = number(vocabulary, model.path("unk_token").asString("<unk>"));
        return (word, tokens) -> {
            if (word.length() > 0) {
                int id = vocabulary.id(word.text()).orElse(unknown);
                tokens.add(
                        control.contains(id) ? unknown : id,
                        word.start(0),
                        word.end(word.length() - 1));
            }
        };
    }

    private List<String> pair(JsonNode node) {
        if (node.isArray() && node.size() == 2) {
            return List.of(node.get(0).asString(""), node.get(1).asString(""));
        }
        var text = node.asString("");
        int blank = text.indexOf(' ');
        if (blank < 1 || blank != text.lastIndexOf(' ')) {
            throw steps.broken("model.merges holds " + node + ", not a pair of tokens");
        }
        return List.of(text.substring(0, blank), text.substring(blank + 1));
    }

    private int number(Vocabulary vocabulary, String token) {
        return vocabulary
                .id(token)
                .orElseThrow(
                        () -> steps.broken("token '" + token + "' does not stand in model.vocab"));
    }

    private SubwordModel wordPieces(JsonNode model, Vocabulary vocabulary, Set<Integer> control) {
        return new WordPieces(
                vocabulary,
                model.path("continuing_subword_prefix").asString("##"),
                model.path("max_input_chars_per_word").asInt(100),
                number(vocabulary, model.path("unk_token").asString("[UNK]")),
                control);
    }

    private SubwordModel unigram(JsonNode model, Vocabulary vocabulary, Set<Integer> control) {
        var scores = new double[vocabulary.size()];
        int id = 0;
        for (var entry : model.path("vocab")) {
            scores[id++] = entry.get(1).doubleValue();
        }
        var rules =
                new UnigramPieces.Rules(
                        model.path("unk_id").isInt()
                                ? OptionalInt.of(model.path("unk_id").intValue())
                                : OptionalInt.empty(),
                        model.path("byte_fallback").asBoolean(false),
                        false);
        return new UnigramPieces(vocabulary, scores, rules, control);
    }
}
