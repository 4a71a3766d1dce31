package dev.sartor.tokenizer;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.IntFunction;

/// Text as its tokens come, never torn inside a character: bytes that may still become one are kept back. All its
/// parts together are the text that decoding the tokens at once gives (but for byte-fallback tokens that are no UTF-8). Not thread-safe.
public final class TextStream {
    @FunctionalInterface
    public interface Bytes {
        /// What a token stands for after the one before it.
        byte[] of(String token, Optional<String> before);
    }

    private final IntFunction<Optional<String>> tokens;
    private final Bytes bytes;
    private byte[] kept = new byte[0];
    private Optional<String> before = Optional.empty();

    /// @param tokens the token of a number; empty for one that is left out
    public TextStream(IntFunction<Optional<String>> tokens, Bytes bytes) {
        this.tokens = tokens;
        this.bytes = bytes;
    }

    /// @return what can be said after this token, perhaps nothing yet
    public String push(int id) {
        var token = tokens.apply(id);
        if (token.isEmpty()) {
            return "";
        }
        var added = bytes.of(token.get(), before);
        before = token;
        var all = Arrays.copyOf(kept, kept.length + added.length);
        System.arraycopy(added, 0, all, kept.length, added.length);
        int whole = all.length - unfinished(all);
        kept = Arrays.copyOfRange(all, whole, all.length);
        return new String(all, 0, whole, StandardCharsets.UTF_8);
    }

    /// @return what was kept back, with U+FFFD for a character that never became whole
    public String finish() {
        var rest = new String(kept, StandardCharsets.UTF_8);
        kept = new byte[0];
        return rest;
    }

    /// How many bytes at the end begin a character that is not whole.
    private static int unfinished(byte[] bytes) {
        for (int back = 1; back <= Math.min(3, bytes.length); back++) {
            int value = bytes[bytes.length - back] & 0xff;
            if (value >= 0xc2 && value <= 0xf4) {
                int length = value < 0xe0 ? 2 : value < 0xf0 ? 3 : 4;
                return back < length ? back : 0;
            }
            if (value < 0x80 || value > 0xbf) {
                return 0;
            }
        }
        return 0;
    }
}
