package dev.sartor.tokenizer.file;

import dev.sartor.core.SartorException;
import dev.sartor.tokenizer.AddedToken;
import dev.sartor.tokenizer.TokenTemplate;
import dev.sartor.tokenizer.TokenizerParts;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.tokenizer.text.TextSplitter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import tools.jackson.databind.JsonNode;

/// Reads a tokenizer from a sentencepiece model and the files beside it.
final class SentencePieceFolder {
    private static final String CONFIG = "tokenizer_config.json";

    /// How many tokens `<extra_id_0>` … T5 has unless its configuration says otherwise.
    private static final int T5_EXTRA = 100;

    private final Path file;
    private final Path folder;
    private final JsonNode config;
    private final SentencePieceFile pieces;

    private SentencePieceFolder(Path file) {
        this.file = file;
        this.folder = file.resolveSibling("");
        this.config = TokenizerFamily.json(folder, CONFIG);
        this.pieces = SentencePieceFile.read(file);
    }

    static TokenizerParts read(Path file) {
        return new SentencePieceFolder(file.toAbsolutePath()).parts();
    }

    private TokenizerParts parts() {
        var family = TokenizerFamily.of(folder, file);
        var placed = placed(family);
        var added = new ArrayList<>(placed.added());
        var tokens = new ArrayList<>(placed.tokens());
        new AddedTokenFiles(folder, config).addTo(tokens, added);
        if (family == TokenizerFamily.T5 && !tokens.contains("<extra_id_0>")) {
            addExtra(tokens, added);
        }
        var vocabulary = Vocabulary.of(tokens);
        var settings = TokenizerFolder.settings(folder).of(vocabulary);
        return new TokenizerParts(
                vocabulary,
                added,
                placed.normaliser(),
                TextSplitter.none(),
                placed.model(),
                template(family, vocabulary),
                placed.text(),
                settings);
    }

    /// fairseq's vocabularies, as XLM-R's, put tokens of their own before the pieces.
    private SentencePieceVocabulary placed(TokenizerFamily family) {
        var texts = pieces.pieces().stream().map(SentencePieceFile.Piece::text).toList();
        return switch (family) {
            case LLAMA, GEMMA, T5 -> new SentencePieceVocabulary(pieces, texts, true);
            case XLM_ROBERTA -> fairseq(texts);
            case BERT, GPT2, QWEN2, ROBERTA ->
                    throw SartorException.user(
                            file
                                    + " is a sentencepiece model, but "
                                    + folder.resolve(CONFIG)
                                    + " names "
                                    + family
                                    + ", which has none: fetch the model again");
        };
    }

    private SentencePieceVocabulary fairseq(List<String> texts) {
        if (texts.size() < 3 || pieces.pieces().getFirst().use() != SentencePieceFile.Use.UNKNOWN) {
            throw SartorException.user(
                    file
                            + " does not begin with <unk>, <s> and </s>, as XLM-R's does: fetch it again");
        }
        var moved = new ArrayList<>(pieces.pieces());
        var renamed = new ArrayList<String>(List.of("<s>", "<pad>", "</s>", "<unk>"));
        renamed.addAll(texts.subList(3, texts.size()));
        renamed.add("<mask>");
        moved.subList(0, 3).clear();
        moved.addAll(0, fairseqControls());
        return new SentencePieceVocabulary(
                new SentencePieceFile(moved, pieces.kind(), pieces.whitespace(), pieces.charsMap()),
                renamed,
                true);
    }

    private static List<SentencePieceFile.Piece> fairseqControls() {
        var control = SentencePieceFile.Use.CONTROL;
        return List.of(
                new SentencePieceFile.Piece("<s>", 0, control),
                new SentencePieceFile.Piece("<pad>", 0, control),
                new SentencePieceFile.Piece("</s>", 0, control),
                new SentencePieceFile.Piece("<unk>", 0, SentencePieceFile.Use.UNKNOWN));
    }

    private void addExtra(List<String> tokens, List<AddedToken> added) {
        int count = config.path("extra_ids").asInt(T5_EXTRA);
        for (int i = Math.clamp(count, 0, 1000) - 1; i >= 0; i--) {
            var content = "<extra_id_" + i + ">";
            added.add(new AddedToken(tokens.size(), content, false, false, false, false, true));
            tokens.add(content);
        }
    }

    /// What transformers' class adds around a text.
    private TokenTemplate template(TokenizerFamily family, Vocabulary vocabulary) {
        boolean begins =
                switch (family) {
                    case LLAMA, GEMMA -> config.path("add_bos_token").asBoolean(true);
                    case T5, XLM_ROBERTA, BERT, GPT2, QWEN2, ROBERTA -> false;
                };
        boolean ends = config.path("add_eos_token").asBoolean(family == TokenizerFamily.T5);
        if (family == TokenizerFamily.XLM_ROBERTA) {
            return TokenTemplate.pairOfSeparators(0, 2);
        }
        var beginning =
                named("bos_token", family == TokenizerFamily.GEMMA ? "<bos>" : "<s>", vocabulary);
        var end =
                named("eos_token", family == TokenizerFamily.GEMMA ? "<eos>" : "</s>", vocabulary);
        return TokenTemplate.around(list(begins, beginning), list(ends, end));
    }

    private OptionalInt named(String key, String otherwise, Vocabulary vocabulary) {
        var node = config.path(key);
        var text =
                node.isObject()
                        ? node.path("content").asString(otherwise)
                        : node.asString(otherwise);
        return vocabulary.id(text);
    }

    private List<Integer> list(boolean wanted, OptionalInt id) {
        if (wanted && id.isEmpty()) {
            throw SartorException.user(
                    file
                            + " lacks the token that begins or ends a text: correct bos_token and eos_token in "
                            + folder.resolve(CONFIG));
        }
        return wanted ? List.of(id.getAsInt()) : List.of();
    }
}
