package dev.sartor.tokenizer.file;

import java.util.List;

/// Texts in which tokenizers that differ come apart: blanks, digits, letters of several scripts, contractions, marks. No
/// decomposed characters: whether those are composed is no part of a GGUF file.
final class ProbeTexts {
    private static final List<String> TEXTS =
            List.of(
                    "Hello, world! It's 3 o'clock; they'LL come, I'd say.",
                    "  two blanks,   three,\ttabs\n\nand\r\nlines \n  ",
                    "1 12 123 1234 12345 3.14159 0x1F 1,000,000 ½ ²",
                    "a  12 b   345\t6 x1y22z333 7th -8 (9) #10",
                    "Straße übergroß — „Anführung“, naïve café, ŁÓDŹ",
                    "Привет, мир! Γειά σου Κόσμε. שלום עולם مرحبا بالعالم",
                    "你好,世界。こんにちは世界 한국어 텍스트",
                    "for (int i = 0; i < n; i++) { x[i] += y->z * 2; } // done",
                    "CamelCaseWords and snake_case_words, UPPER lower ABCdef",
                    "🙂🚀 👩‍👩‍👧 …‥ ''quotes'' \"double\" `back` $x^2$ <b>bold</b> &amp;",
                    "a",
                    " a",
                    "don't won't we've I'M you'Re");

    private ProbeTexts() {}

    static List<String> all() {
        return TEXTS;
    }
}
