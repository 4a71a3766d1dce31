package dev.sartor.tokenizer.file;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.Tokenizer;
import dev.sartor.tokenizer.TokenizerParts;
import dev.sartor.tokenizer.subword.ByteTokens;
import dev.sartor.weights.gguf.GgufKeys;
import dev.sartor.weights.gguf.GgufMetadata;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// Writes a folder's tokenizer as the keys `tokenizer.ggml.*` of a GGUF file. Which name in `tokenizer.ggml.pre` is right is
/// found by trying them: the one whose tokens are the folder's own, on texts in which tokenizers come apart.
public final class GgufTokens {
    private static final String PREFIX = "tokenizer.ggml.";
    private static final List<String> FILES =
            List.of("tokenizer.json", "vocab.json", "tokenizer.model", "vocab.txt", "spiece.model");
    private static final int NORMAL = 1;
    private static final int UNKNOWN = 2;
    private static final int CONTROL = 3;
    private static final int USER_DEFINED = 4;
    private static final int UNUSED = 5;
    private static final int BYTE = 6;

    private final Path folder;
    private final GgufKeys keys;
    private final int rows;

    /// @param rows of the model's table, which may be more than there are tokens
    /// @param keys receives what is written
    public GgufTokens(Path folder, int rows, GgufKeys keys) {
        this.folder = folder;
        this.keys = keys;
        this.rows = rows;
    }

    /// @return what the user should know
    /// @throws SartorException a user's error for a tokenizer that GGUF has no words for
    public List<String> write() {
        if (FILES.stream().noneMatch(name -> Files.exists(folder.resolve(name)))) {
            keys.put(PREFIX + "model", "none");
            return List.of(
                    "The model's folder holds no tokenizer, so the file has none: it takes and gives token numbers only");
        }
        var parts = TokenizerFolder.parts(folder);
        var tokenizer = new Tokenizer(parts);
        tokens(parts);
        numbers(parts);
        around(tokenizer);
        parts.settings()
                .chatTemplate()
                .ifPresent(text -> keys.put("tokenizer.chat_template", text));
        var model = model();
        if (model.path("byte_fallback").asBoolean(false) || scoresOfPieces().isPresent()) {
            sentencePieces(tokenizer, model);
        } else {
            byteLevel(tokenizer, model);
        }
        return List.of();
    }

    private JsonNode model() {
        return tree().path("model");
    }

    /// tokenizer.json, or what stands for one.
    private JsonNode tree() {
        var json = folder.resolve("tokenizer.json");
        if (Files.exists(json)) {
            return Json.read(json);
        }
        return Files.exists(folder.resolve("merges.txt"))
                ? VocabularyFiles.merges(folder)
                : Json.mapper().createObjectNode();
    }

    private void tokens(TokenizerParts parts) {
        int count = Math.max(rows, parts.vocabulary().size());
        var texts = new ArrayList<String>();
        var types = new long[count];
        for (int id = 0; id < count; id++) {
            var text = id < parts.vocabulary().size() ? parts.vocabulary().token(id) : "";
            texts.add(text.isEmpty() ? "[PAD" + id + "]" : text);
            types[id] = text.isEmpty() ? UNUSED : NORMAL;
            if (ByteTokens.value(text).isPresent()) {
                types[id] = BYTE;
            }
        }
        for (var token : parts.added()) {
            if (types[token.id()] != BYTE) {
                types[token.id()] = token.control() ? CONTROL : USER_DEFINED;
            }
        }
        if (scored()) {
            unknown(parts).ifPresent(id -> types[id] = UNKNOWN);
        }
        keys.put(PREFIX + "tokens", texts);
        keys.put(PREFIX + "token_type", types);
    }

    private boolean scored() {
        return model().path("byte_fallback").asBoolean(false) || scoresOfPieces().isPresent();
    }

    /// As the files beside tokenizer.json say it, or that one itself.
    private OptionalInt unknown(TokenizerParts parts) {
        var named = parts.settings().unknown();
        return named.isPresent()
                ? named
                : parts.vocabulary().id(model().path("unk_token").asString(""));
    }

    private void numbers(TokenizerParts parts) {
        var settings = parts.settings();
        settings.beginning().ifPresent(id -> keys.put(PREFIX + "bos_token_id", id));
        unknown(parts).ifPresent(id -> keys.put(PREFIX + "unknown_token_id", id));
        settings.padding().ifPresent(id -> keys.put(PREFIX + "padding_token_id", id));
        var names = List.of("eos_token_id", "eot_token_id", "eom_token_id");
        for (int i = 0; i < Math.min(names.size(), settings.ends().size()); i++) {
            keys.put(PREFIX + names.get(i), settings.ends().get(i));
        }
    }

    /// GGUF knows a token before a text and one after it.
    private void around(Tokenizer tokenizer) {
        var bare = tokenizer.encode("a", false);
        var whole = tokenizer.encode("a", true);
        int at = indexOf(whole, bare);
        int begins = tokenizer.settings().beginning().orElse(-1);
        int ends = tokenizer.settings().ends().stream().findFirst().orElse(-1);
        int after = whole.length - bare.length - at;
        boolean known =
                at >= 0
                        && at <= 1
                        && after <= 1
                        && (at == 0 || whole[0] == begins)
                        && (after == 0 || whole[whole.length - 1] == ends);
        if (!known) {
            throw unwritable("puts other tokens around a text than bos and eos");
        }
        keys.put(PREFIX + "add_bos_token", at == 1);
        keys.put(PREFIX + "add_eos_token", after == 1);
    }

    /// Where the part begins in the whole; −1 where it is none.
    static int indexOf(int[] whole, int[] part) {
        for (int at = 0; at + part.length <= whole.length; at++) {
            if (Arrays.equals(Arrays.copyOfRange(whole, at, at + part.length), part)) {
                return at;
            }
        }
        return -1;
    }

    private void byteLevel(Tokenizer tokenizer, JsonNode model) {
        if (!model.path("type").asString("BPE").equals("BPE") || model.path("merges").isEmpty()) {
            throw unwritable("is of the kind '" + model.path("type").asString("unknown") + "'");
        }
        keys.put(PREFIX + "model", "gpt2");
        var merges = new ArrayList<String>();
        for (var merge : model.path("merges")) {
            merges.add(
                    merge.isString()
                            ? merge.stringValue()
                            : merge.get(0).stringValue() + " " + merge.get(1).stringValue());
        }
        keys.put(PREFIX + "merges", merges);
        for (var words : WrittenWords.likeliestFirst(tree().path("pre_tokenizer"))) {
            keys.put(PREFIX + "pre", words.pre());
            if (agrees(tokenizer)) {
                return;
            }
        }
        throw unwritable(
                "cuts texts into words in a way that no name in tokenizer.ggml.pre that is known here stands for");
    }

    private void sentencePieces(Tokenizer tokenizer, JsonNode model) {
        keys.put(PREFIX + "model", "llama");
        keys.put(PREFIX + "pre", "default");
        keys.put(PREFIX + "scores", scores(tokenizer, model));
        for (boolean spaceFirst : new boolean[] {true, false}) {
            keys.put(PREFIX + "add_space_prefix", spaceFirst);
            if (agrees(tokenizer)) {
                return;
            }
        }
        throw unwritable("joins pieces in another way than sentencepiece");
    }

    /// A merge's rank, negated, as sentencepiece itself trains them.
    private double[] scores(Tokenizer tokenizer, JsonNode model) {
        var scores = new double[Math.max(rows, tokenizer.vocabularySize())];
        var pieces = scoresOfPieces();
        if (pieces.isPresent()) {
            for (int id = 0; id < Math.min(scores.length, pieces.get().pieces().size()); id++) {
                scores[id] = pieces.get().pieces().get(id).score();
            }
            return scores;
        }
        int rank = 0;
        for (var merge : model.path("merges")) {
            rank++;
            var text =
                    merge.isString()
                            ? merge.stringValue().replaceFirst(" ", "")
                            : merge.get(0).stringValue() + merge.get(1).stringValue();
            var id = tokenizer.id(text);
            if (id.isPresent() && scores[id.getAsInt()] == 0) {
                scores[id.getAsInt()] = -rank;
            }
        }
        return scores;
    }

    /// The sentencepiece model, where there is no tokenizer.json.
    private Optional<SentencePieceFile> scoresOfPieces() {
        var file = folder.resolve("tokenizer.model");
        if (Files.exists(folder.resolve("tokenizer.json")) || !Files.exists(file)) {
            return Optional.empty();
        }
        var pieces = SentencePieceFile.read(file);
        return pieces.kind() == SentencePieceFile.Kind.BPE ? Optional.of(pieces) : Optional.empty();
    }

    private boolean agrees(Tokenizer tokenizer) {
        var written = TokenizerReader.of(new GgufMetadata(folder, keys.values()));
        return ProbeTexts.all().stream()
                .allMatch(text ->
                        Arrays.equals(written.encode(text, true), tokenizer.encode(text, true)));
    }

    private SartorException unwritable(String why) {
        return SartorException.user(
                "the tokenizer in "
                        + folder
                        + " cannot be written as GGUF: it "
                        + why
                        + ". Export --as hf, and convert that with llama.cpp's convert_hf_to_gguf.py");
    }
}
