package dev.sartor.constrain;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;

/// A small byte-level vocabulary: each byte, and pieces as a real one has them, among them parts of characters, blanks in
/// rows, and tokens across JSON's parts.
public final class Vocabularies {
    /// Ends a turn.
    public static final int END = 0;

    private static final List<String> PIECES =
            List.of(
                    "{\"",
                    "\":",
                    "\": \"",
                    "\",\"",
                    "\", \"",
                    "\"}",
                    "\"]",
                    "}}",
                    "]]",
                    "[[",
                    "{{",
                    "}]",
                    "],",
                    "},",
                    " {",
                    " [",
                    "[{",
                    "{}",
                    "[]",
                    "\":{\"",
                    "\":[",
                    ":[[",
                    "\\\"",
                    "\\n",
                    "\\u",
                    "\\u00",
                    "\\ud83d",
                    "  ",
                    "    ",
                    "\n",
                    "\n  ",
                    "\n\n",
                    " \n",
                    ", ",
                    ": ",
                    ": {",
                    "true",
                    "false",
                    "null",
                    "tr",
                    "nul",
                    "00",
                    "10",
                    "12",
                    "99",
                    "100",
                    "2024",
                    "-1",
                    "0.",
                    ".5",
                    "e+",
                    "E",
                    "1e",
                    "name",
                    "type",
                    "id",
                    "value",
                    "the",
                    " the",
                    "ing",
                    "tion",
                    "A",
                    "AB",
                    "ABC",
                    "Ä",
                    "ü",
                    "é",
                    "日本",
                    "本",
                    "😀",
                    "a\":1",
                    "\"a",
                    "x\"",
                    "abcdefgh",
                    "kind",
                    "\"kind\":\"",
                    "@",
                    "@x.",
                    "://",
                    "-0",
                    "T12:",
                    "Z\"",
                    "\u0000",
                    "\u007f",
                    "\u2028",
                    "ß\"",
                    "\\",
                    "\\\\",
                    "/",
                    "\"\"",
                    "aaaa");

    private Vocabularies() {}

    public static TokenTrie small() {
        var tokens = new LinkedHashSet<String>();
        for (int i = 0; i < 256; i++) {
            tokens.add(Character.toString(i));
        }
        for (var piece : PIECES) {
            tokens.add(latin(piece.getBytes(StandardCharsets.UTF_8)));
        }
        tokens.add(latin(new byte[] {(byte) 0xf0, (byte) 0x9f}));
        tokens.add(latin(new byte[] {(byte) 0x98, (byte) 0x80, '"'}));
        tokens.add(latin(new byte[] {'a', (byte) 0xc3}));
        tokens.add(latin(new byte[] {(byte) 0xff, (byte) 0xfe}));
        var random = new SplittableRandom(1);
        while (tokens.size() < 1500) {
            var word = new StringBuilder(random.nextInt(3) == 0 ? " " : "");
            random.ints(2 + random.nextInt(4), 'a', 'z' + 1).forEach(word::appendCodePoint);
            tokens.add(word.toString());
        }
        var all = new ArrayList<>(tokens);
        return TokenTrie.of(
                all.size() + 1,
                token ->
                        token == END
                                ? Optional.empty()
                                : Optional.of(
                                        all.get(token - 1).getBytes(StandardCharsets.ISO_8859_1)));
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
