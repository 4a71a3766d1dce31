package dev.sartor.tokenizer.file;

import dev.sartor.tokenizer.AddedToken;
import dev.sartor.tokenizer.TokenText;
import dev.sartor.tokenizer.file.SentencePieceFile.Piece;
import dev.sartor.tokenizer.file.SentencePieceFile.Use;
import dev.sartor.tokenizer.subword.BytePairs;
import dev.sartor.tokenizer.subword.ScoredMerges;
import dev.sartor.tokenizer.subword.SubwordModel;
import dev.sartor.tokenizer.subword.UnigramPieces;
import dev.sartor.tokenizer.subword.Vocabulary;
import dev.sartor.tokenizer.text.TextNormaliser;
import dev.sartor.tokenizer.text.TextTrie;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;

/// Makes the parts of a tokenizer from sentencepiece's pieces, whatever file they came from (unigram_model.cc,
/// bpe_model.cc).
///
/// @param tokens the vocabulary, the pieces and what else the model's makers have put around them
/// @param single whether sums of scores are kept in single precision, as sentencepiece does
record SentencePieceVocabulary(SentencePieceFile file, List<String> tokens, boolean single) {

    SentencePieceVocabulary {
        tokens = List.copyOf(tokens);
    }

    Vocabulary vocabulary() {
        return Vocabulary.of(tokens);
    }

    TextNormaliser normaliser() {
        var kept = new TextTrie();
        for (var piece : file.pieces()) {
            if (piece.use() == Use.USER_DEFINED) {
                kept.put(piece.text(), 0);
            }
        }
        return new SentencePieceNormaliser(file.whitespace(), file.charsMap(), kept);
    }

    TokenText text() {
        var blanks = file.whitespace();
        return TokenText.Steps.marked(hasBytes(), blanks.dummy() || blanks.extraRemoved());
    }

    /// Control pieces are looked for in the program's own text alone. A user-defined piece is found in any text, but not
    /// one that looks like a control token.
    List<AddedToken> added() {
        var added = new ArrayList<AddedToken>();
        for (int i = 0; i < file.pieces().size(); i++) {
            var piece = file.pieces().get(i);
            boolean special = piece.use() == Use.CONTROL || piece.use() == Use.UNKNOWN;
            if (special || isFrozen(piece)) {
                added.add(new AddedToken(i, piece.text(), false, false, false, !special, special));
            }
        }
        return added;
    }

    private boolean isFrozen(Piece piece) {
        return piece.use() == Use.USER_DEFINED
                && (file.kind() == SentencePieceFile.Kind.BPE
                        || new AddedToken(0, piece.text(), false, false, false, true, false)
                                .control());
    }

    SubwordModel model() {
        var scores = new double[tokens.size()];
        var left = new HashSet<Integer>();
        for (int id = 0; id < scores.length; id++) {
            left.add(id);
        }
        for (int i = 0; i < file.pieces().size(); i++) {
            var piece = file.pieces().get(i);
            scores[i] = score(piece);
            if (isFound(piece)) {
                left.remove(i);
            }
        }
        return switch (file.kind()) {
            case UNIGRAM ->
                    new UnigramPieces(
                            vocabulary(),
                            scores,
                            new UnigramPieces.Rules(unknown(), hasBytes(), single),
                            left,
                            leastScore());
            case BPE ->
                    new BytePairs(
                            vocabulary(),
                            ScoredMerges.of(vocabulary(), scores, id -> !left.contains(id)),
                            new BytePairs.Rules(false, false, hasBytes(), true, unknown()),
                            left);
        };
    }

    private boolean isFound(Piece piece) {
        return piece.use() == Use.NORMAL || (piece.use() == Use.USER_DEFINED && !isFrozen(piece));
    }

    /// A user-defined piece is better than any pieces of the same bytes.
    private double score(Piece piece) {
        if (piece.use() != Use.USER_DEFINED || file.kind() == SentencePieceFile.Kind.BPE) {
            return piece.score();
        }
        int bytes = piece.text().getBytes(StandardCharsets.UTF_8).length;
        return single ? bytes * greatestScore() - 0.1 : 0;
    }

    private float leastScore() {
        float least = Float.POSITIVE_INFINITY;
        for (var piece : file.pieces()) {
            if (piece.use() == Use.NORMAL) {
                least = Math.min(least, piece.score());
            }
        }
        return Float.isFinite(least) ? least : 0;
    }

    /// Never below the smallest positive number, as there.
    private float greatestScore() {
        float most = Float.MIN_NORMAL;
        for (var piece : file.pieces()) {
            if (piece.use() == Use.NORMAL) {
                most = Math.max(most, piece.score());
            }
        }
        return most;
    }

    OptionalInt unknown() {
        for (int i = 0; i < file.pieces().size(); i++) {
            if (file.pieces().get(i).use() == Use.UNKNOWN) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    private boolean hasBytes() {
        return file.pieces().stream().anyMatch(piece -> piece.use() == Use.BYTE);
    }
}
