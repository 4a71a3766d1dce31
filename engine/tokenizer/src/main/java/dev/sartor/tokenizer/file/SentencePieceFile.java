package dev.sartor.tokenizer.file;

import dev.sartor.tokenizer.text.CharsMap;
import dev.sartor.weights.FileBytes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What a sentencepiece model's file says (sentencepiece_model.proto; the fields' numbers and defaults are those of it).
///
/// @param charsMap compiled normalisation rules; empty where texts stay as they are
record SentencePieceFile(
        List<Piece> pieces, Kind kind, Whitespace whitespace, Optional<CharsMap> charsMap) {

    /// How the text is cut.
    public enum Kind {
        UNIGRAM,
        BPE
    }

    /// What a piece is for.
    enum Use {
        NORMAL,
        UNKNOWN,
        CONTROL,
        USER_DEFINED,
        UNUSED,
        BYTE;

        /// By its number in a file; empty for one that means nothing.
        static Optional<Use> of(long number) {
            return switch (Math.clamp(number, 0, 7)) {
                case 1 -> Optional.of(NORMAL);
                case 2 -> Optional.of(UNKNOWN);
                case 3 -> Optional.of(CONTROL);
                case 4 -> Optional.of(USER_DEFINED);
                case 5 -> Optional.of(UNUSED);
                case 6 -> Optional.of(BYTE);
                default -> Optional.empty();
            };
        }
    }

    public record Piece(String text, float score, Use use) {}

    /// What becomes of blanks.
    ///
    /// @param dummy whether a blank is added, so that a text's first word is like any other
    /// @param extraRemoved whether blanks at the ends go and those in a row become one
    /// @param escaped whether a blank is written as U+2581
    /// @param suffix whether the blank belongs to the word before it, so that the added one stands at the end
    record Whitespace(boolean dummy, boolean extraRemoved, boolean escaped, boolean suffix) {}

    SentencePieceFile {
        pieces = List.copyOf(pieces);
    }

    static SentencePieceFile read(Path file) {
        try {
            var in = new ProtobufCursor(file, ByteBuffer.wrap(Files.readAllBytes(file)));
            return new Reading(file, in).read();
        } catch (IOException e) {
            throw FileBytes.unreadable(file, e);
        }
    }

    private static final class Reading {
        private final Path file;
        private final ProtobufCursor in;
        private final List<Piece> pieces = new ArrayList<>();
        private long kind = 1;
        private boolean suffix;
        private boolean dummy = true;
        private boolean extraRemoved = true;
        private boolean escaped = true;
        private byte[] charsMap = {};

        Reading(Path file, ProtobufCursor in) {
            this.file = file;
            this.in = in;
        }

        SentencePieceFile read() {
            for (int field = in.next(); field != 0; field = in.next()) {
                switch (field) {
                    case 1 -> pieces.add(piece(in.message()));
                    case 2 -> trainer(in.message());
                    case 3 -> normaliser(in.message());
                    default -> in.skip();
                }
            }
            if (pieces.isEmpty()) {
                throw in.broken("it holds no pieces");
            }
            return new SentencePieceFile(
                    pieces,
                    kind(),
                    new Whitespace(dummy, extraRemoved, escaped, suffix),
                    charsMap.length == 0
                            ? Optional.empty()
                            : Optional.of(CharsMap.of(charsMap, file + ": precompiled_charsmap")));
        }

        private Kind kind() {
            return switch (Math.clamp(kind, 0, 9)) {
                case 1 -> Kind.UNIGRAM;
                case 2 -> Kind.BPE;
                default ->
                        throw in.broken(
                                "its model_type must be unigram (1) or bpe (2), found " + kind);
            };
        }

        private static Piece piece(ProtobufCursor message) {
            var text = "";
            float score = 0;
            long use = 1;
            for (int field = message.next(); field != 0; field = message.next()) {
                switch (field) {
                    case 1 -> text = message.text();
                    case 2 -> score = message.number();
                    case 3 -> use = message.integer();
                    default -> message.skip();
                }
            }
            var known = Use.of(use);
            if (text.isEmpty() || known.isEmpty() || !Float.isFinite(score)) {
                throw message.broken(
                        "piece '" + text + "' has the type " + use + " and the score " + score);
            }
            return new Piece(text, score, known.get());
        }

        private void trainer(ProtobufCursor message) {
            for (int field = message.next(); field != 0; field = message.next()) {
                switch (field) {
                    case 3 -> kind = message.integer();
                    case 24 -> suffix = message.flag();
                    default -> message.skip();
                }
            }
        }

        private void normaliser(ProtobufCursor message) {
            for (int field = message.next(); field != 0; field = message.next()) {
                switch (field) {
                    case 2 -> charsMap = message.bytes();
                    case 3 -> dummy = message.flag();
                    case 4 -> extraRemoved = message.flag();
                    case 5 -> escaped = message.flag();
                    default -> message.skip();
                }
            }
        }
    }
}
