package dev.sartor.model;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// Turns tokens back into text. Thread-safe.
@FunctionalInterface
interface TokenText {
    /// The UTF-8 bytes that a token stands for; perhaps only a part of a character's.
    ///
    /// @param first whether the token begins the text
    byte[] bytes(String token, boolean first);

    /// What a token of the form `<0x0A>` means, if anything: its value, or empty.
    default Optional<Byte> fallback(String token) {
        return Optional.empty();
    }

    /// The text of tokens in a row. Bytes that are no UTF-8 become U+FFFD; in a run of fallback tokens that is none,
    /// each of them does, as in HF's library.
    default String text(List<String> tokens) {
        var bytes = new ByteArrayOutputStream();
        var run = new ByteArrayOutputStream();
        boolean first = true;
        for (var token : tokens) {
            var value = fallback(token);
            if (value.isPresent()) {
                run.write(value.get());
            } else {
                bytes.writeBytes(valid(run));
                bytes.writeBytes(bytes(token, first));
            }
            first = false;
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
        return (token, first) -> ByteAlphabet.bytes(token).orElseGet(() -> utf8(token));
    }

    /// Words with blanks between them.
    static TokenText words() {
        return (token, first) -> utf8(first ? token : " " + token);
    }

    /// BERT's: words with blanks between them, continuations without.
    ///
    /// @param cleanUp takes the blanks before punctuation and contractions away, as HF does
    static TokenText wordPieces(String continuation, boolean cleanUp) {
        return (token, first) -> {
            var text =
                    first
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

    /// A text of one string replaced by another.
    record Replacement(String from, String to) {}

    /// sentencepiece's: marks become blanks, bytes become characters.
    ///
    /// @param mark taken from the beginning of the text, as often as it stands there; or empty
    /// @param strip how many blanks are taken from the beginning of the text
    record Marked(List<Replacement> replacements, boolean byteFallback, String mark, int strip)
            implements TokenText {
        @Override
        public byte[] bytes(String token, boolean first) {
            var value = fallback(token);
            if (value.isPresent()) {
                return new byte[] {value.get()};
            }
            var text = token;
            while (first && !mark.isEmpty() && text.startsWith(mark)) {
                text = text.substring(mark.length());
            }
            for (var replacement : replacements) {
                text = text.replace(replacement.from(), replacement.to());
            }
            for (int i = 0; first && i < strip && text.startsWith(" "); i++) {
                text = text.substring(1);
            }
            return utf8(text);
        }

        @Override
        public Optional<Byte> fallback(String token) {
            if (!byteFallback || !token.matches("<0x[0-9A-Fa-f]{2}>")) {
                return Optional.empty();
            }
            return Optional.of((byte) Integer.parseInt(token.substring(3, 5), 16));
        }
    }
}
