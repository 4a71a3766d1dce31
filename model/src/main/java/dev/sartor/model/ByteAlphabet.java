package dev.sartor.model;

import java.util.Arrays;
import java.util.Optional;

/// GPT-2's way of writing any byte as one visible character (encoder.py, bytes_to_unicode): the printable ones of
/// Latin-1 stand for themselves, the others follow from U+0100 on.
final class ByteAlphabet {
    private static final char[] LETTERS = new char[256];
    private static final short[] BYTES = new short[0x200];

    static {
        Arrays.fill(BYTES, (short) -1);
        int next = 0x100;
        for (int i = 0; i < 256; i++) {
            boolean stays = (i >= '!' && i <= '~') || (i >= 0xa1 && i <= 0xac) || i >= 0xae;
            LETTERS[i] = (char) (stays ? i : next++);
            BYTES[LETTERS[i]] = (short) i;
        }
    }

    private ByteAlphabet() {}

    static char letter(int unsignedByte) {
        return LETTERS[unsignedByte];
    }

    /// Empty when the token holds a character that stands for no byte.
    static Optional<byte[]> bytes(String token) {
        var bytes = new byte[token.length()];
        for (int i = 0; i < bytes.length; i++) {
            char letter = token.charAt(i);
            if (letter >= BYTES.length || BYTES[letter] < 0) {
                return Optional.empty();
            }
            bytes[i] = (byte) BYTES[letter];
        }
        return Optional.of(bytes);
    }
}
