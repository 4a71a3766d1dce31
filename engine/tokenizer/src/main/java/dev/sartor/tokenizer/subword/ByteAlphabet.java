package dev.sartor.tokenizer.subword;

import dev.sartor.tokenizer.text.AlignedText;
import dev.sartor.tokenizer.text.Utf8;
import java.util.Arrays;
import java.util.Optional;

/// GPT-2's way of writing any byte as one visible character (encoder.py, bytes_to_unicode): the printable ones of
/// Latin-1 stand for themselves, the others follow from U+0100 on.
public final class ByteAlphabet {
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

    public static char letter(int unsignedByte) {
        return LETTERS[unsignedByte];
    }

    /// The letters of a text's bytes.
    static String letters(String text) {
        var written = new StringBuilder(text.length());
        for (byte each : Utf8.of(text)) {
            written.append(LETTERS[each & 0xff]);
        }
        return written.toString();
    }

    /// The tokens of single bytes, {@link ByteTokens#ABSENT} where the vocabulary lacks one.
    static int[] ids(Vocabulary vocabulary) {
        var ids = new int[256];
        for (int i = 0; i < 256; i++) {
            ids[i] = vocabulary.id(String.valueOf(LETTERS[i])).orElse(ByteTokens.ABSENT);
        }
        return ids;
    }

    /// Writes each character of a text as the letters of its bytes.
    public static AlignedText aligned(AlignedText text) {
        var builder = new AlignedText.Builder(text);
        for (int i = 0; i < text.length(); ) {
            int end = i + Character.charCount(text.codePointAt(i));
            builder.put(letters(text.slice(i, end).text()), i, end);
            i = end;
        }
        return builder.build();
    }

    /// Empty when the token holds a character that stands for no byte.
    public static Optional<byte[]> bytes(String token) {
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
