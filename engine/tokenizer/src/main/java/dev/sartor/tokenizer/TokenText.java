package dev.sartor.tokenizer;

import dev.sartor.tokenizer.subword.ByteAlphabet;
import dev.sartor.tokenizer.subword.ByteTokens;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// Turns tokens back into text. Thread-safe.
@FunctionalInterface
public interface TokenText {
    /// The UTF-8 bytes that a token stands for; perhaps only a part of a character's.
    ///
    /// @param before the token before it, empty for the one that begins the text
    byte[] bytes(String token, Optional<String> before);

    /// What a token of the form `<0x0A>` means, if anything: its value, or empty.
    default Optional<Byte> fallback(String token) {
        return Optional.empty();
    }

    /// The text of tokens in a row. Bytes that are no UTF-8 become U+FFFD; in a run of fallback tokens that is none,
    /// each of them does, as in HF's library.
    default String text(List<String> tokens) {
        var bytes = new ByteArrayOutputStream();
        var run = new ByteArrayOutputStream();
        var before = Optional.<String>empty();
        for (var token : tokens) {
            var value = fallback(token);
            if (value.isPresent()) {
                run.write(value.get());
            } else {
                bytes.writeBytes(valid(run));
                bytes.writeBytes(bytes(token, before));
            }
            before = Optional.of(token);
        }
        bytes.writeBytes(valid(run));
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private static byte[] valid(ByteArrayOutputStream run) {
        var bytes = run.toByteArray();
        run.reset();
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return bytes;
        } catch (CharacterCodingException e) {
            return utf8("\ufffd".repeat(bytes.length));
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /// Tokens written in {@link ByteAlphabet}; an added token may be plain text.
    static TokenText byteLevel() {
        return (token, before) -> ByteAlphabet.bytes(token).orElseGet(() -> utf8(token));
    }

    /// Words with blanks between them.
    static TokenText words() {
        return (token, before) -> utf8(before.isEmpty() ? token : " " + token);
    }

    /// BERT's: words with blanks between them, continuations without.
    ///
    /// @param cleanUp takes the blanks before punctuation and contractions away, as HF does
    static TokenText wordPieces(String continuation, boolean cleanUp) {
        return (token, before) -> {
            var text =
                    before.isEmpty()
                            ? token
                            : token.startsWith(continuation)
                                    ? token.substring(continuation.length())
                                    : " " + token;
            return utf8(cleanUp ? cleaned(text) : text);
        };
    }

    private static String cleaned(String text) {
        return text.replace(" .", ".")
                .replace(" ?", "?")
                .replace(" !", "!")
                .replace(" ,", ",")
                .replace(" ' ", "'")
                .replace(" n't", "n't")
                .replace(" 'm", "'m")
                .replace(" do not", " don't")
                .replace(" 's", "'s")
                .replace(" 've", "'ve")
                .replace(" 're", "'re");
    }

    /// CTC's, of speech recognisers: a token that comes twice in a row is said once.
    ///
    /// @param padding stands for nothing
    /// @param blank stands for a blank, where the text is cleaned up
    static TokenText ctc(String padding, String blank, boolean cleanUp) {
        return (token, before) -> {
            if (before.equals(Optional.of(token))) {
                return new byte[0];
            }
            var text = token.replace(padding, "");
            return utf8(cleanUp ? cleaned(text).replace(blank, " ") : text);
        };
    }

    /// Words that end with a suffix, which becomes the blank before the next word.
    static TokenText suffixed(String suffix) {
        return (token, before) -> {
            boolean blank = before.isPresent() && before.get().endsWith(suffix);
            return utf8((blank ? " " : "") + token.replace(suffix, ""));
        };
    }

    /// What is done to a token's text.
    @FunctionalInterface
    public interface Step {
        String apply(String token, boolean first);

        static Step replacing(String from, String to) {
            return (token, first) -> token.replace(from, to);
        }

        /// A mark becomes a blank; in the first token it is left out.
        static Step unmarking(String mark, boolean leaveFirstOut) {
            return (token, first) -> token.replace(mark, first && leaveFirstOut ? "" : " ");
        }

        /// Takes up to `start` and `stop` of a character off the token's two ends.
        static Step stripping(char character, int start, int stop) {
            return (token, first) -> {
                int begin = 0;
                while (begin < Math.min(start, token.length())
                        && token.charAt(begin) == character) {
                    begin++;
                }
                int end = token.length();
                while (end > begin
                        && token.length() - end < stop
                        && token.charAt(end - 1) == character) {
                    end--;
                }
                return token.substring(begin, end);
            };
        }

        default Step onlyFirst() {
            return (token, first) -> first ? apply(token, true) : token;
        }
    }

    /// Steps in a row, as sentencepiece's vocabularies need: marks become blanks, bytes become characters.
    record Steps(List<Step> steps, boolean byteFallback) implements TokenText {
        public Steps {
            steps = List.copyOf(steps);
        }

        /// @param strip whether a blank that begins the text is left out
        public static Steps marked(boolean byteFallback, boolean strip) {
            var blank = Step.replacing("▁", " ");
            return new Steps(
                    strip ? List.of(blank, Step.stripping(' ', 1, 0).onlyFirst()) : List.of(blank),
                    byteFallback);
        }

        @Override
        public byte[] bytes(String token, Optional<String> before) {
            var value = fallback(token);
            if (value.isPresent()) {
                return new byte[] {value.get()};
            }
            var text = token;
            for (var step : steps) {
                text = step.apply(text, before.isEmpty());
            }
            return utf8(text);
        }

        @Override
        public Optional<Byte> fallback(String token) {
            var value = byteFallback ? ByteTokens.value(token) : OptionalInt.empty();
            return value.isPresent() ? Optional.of((byte) value.getAsInt()) : Optional.empty();
        }
    }
}
