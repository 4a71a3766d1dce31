package dev.sartor.tokenizer.text;

import java.util.function.Consumer;

/// The word patterns of the GPT-2 family, by hand: a regular expression does the same several times slower.
///
/// @param modern Llama 3's form (Qwen's too) rather than GPT-2's
/// @param digits how many digits in a row make one word at most, in the modern form
public record WordScanner(boolean modern, int digits) implements TextSplitter {
    public static final String GPT2_PATTERN =
            "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+";
    private static final String MODERN_WORDS =
            "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|";
    private static final String MODERN_REST =
            "| ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";
    public static final String LLAMA3_PATTERN = MODERN_WORDS + "\\p{N}{1,3}" + MODERN_REST;
    public static final String QWEN2_PATTERN = MODERN_WORDS + "\\p{N}" + MODERN_REST;

    public static final WordScanner GPT2 = new WordScanner(false, Integer.MAX_VALUE);
    public static final WordScanner LLAMA3 = new WordScanner(true, 3);
    public static final WordScanner QWEN2 = new WordScanner(true, 1);

    @Override
    public void split(AlignedText text, Consumer<AlignedText> words) {
        var string = text.text();
        for (int i = 0; i < string.length(); ) {
            int end = modern ? modernEnd(string, i) : gpt2End(string, i);
            words.accept(text.slice(i, end));
            i = end;
        }
    }

    private static int gpt2End(String text, int start) {
        int contraction = contractionEnd(text, start, false);
        if (contraction > start) {
            return contraction;
        }
        int word = text.charAt(start) == ' ' && start + 1 < text.length() ? start + 1 : start;
        byte kind = CharKinds.kind(text.codePointAt(word));
        return kind == CharKinds.SPACE
                ? spacesEnd(text, start)
                : runEnd(text, word, kind, Integer.MAX_VALUE);
    }

    private int modernEnd(String text, int start) {
        int contraction = contractionEnd(text, start, true);
        if (contraction > start) {
            return contraction;
        }
        int first = text.codePointAt(start);
        byte kind = CharKinds.kind(first);
        if (kind == CharKinds.LETTER) {
            return runEnd(text, start, kind, Integer.MAX_VALUE);
        }
        if (kind == CharKinds.NUMBER) {
            return runEnd(text, start, kind, digits);
        }
        int second = start + Character.charCount(first);
        byte nextKind =
                second < text.length() ? CharKinds.kind(text.codePointAt(second)) : CharKinds.SPACE;
        if (nextKind == CharKinds.LETTER && first != '\r' && first != '\n') {
            return runEnd(text, second, nextKind, Integer.MAX_VALUE);
        }
        if (kind == CharKinds.OTHER || (first == ' ' && nextKind == CharKinds.OTHER)) {
            int word = kind == CharKinds.OTHER ? start : second;
            int end = runEnd(text, word, CharKinds.OTHER, Integer.MAX_VALUE);
            while (end < text.length() && isNewline(text.charAt(end))) {
                end++;
            }
            return end;
        }
        int run = runEnd(text, start, CharKinds.SPACE, Integer.MAX_VALUE);
        for (int i = run - 1; i >= start; i--) {
            if (isNewline(text.charAt(i))) {
                return i + 1;
            }
        }
        return spacesEnd(text, start);
    }

    private static boolean isNewline(char c) {
        return c == '\r' || c == '\n';
    }

    /// White space leaves its last character to the word that follows.
    private static int spacesEnd(String text, int start) {
        int end = runEnd(text, start, CharKinds.SPACE, Integer.MAX_VALUE);
        return end == text.length() || end == start + 1 ? end : end - 1;
    }

    private static int runEnd(String text, int start, byte kind, int most) {
        int end = start;
        for (int count = 0; end < text.length() && count < most; count++) {
            int codePoint = text.codePointAt(end);
            if (CharKinds.kind(codePoint) != kind) {
                break;
            }
            end += Character.charCount(codePoint);
        }
        return end;
    }

    private static int contractionEnd(String text, int start, boolean anyCase) {
        if (text.charAt(start) != '\'' || start + 1 == text.length()) {
            return start;
        }
        char first = letter(text, start + 1, anyCase);
        char second = start + 2 < text.length() ? letter(text, start + 2, anyCase) : 0;
        return switch (first) {
            case 's', 't', 'm', 'd' -> start + 2;
            case 'r', 'v' -> second == 'e' ? start + 3 : start;
            case 'l' -> second == 'l' ? start + 3 : start;
            default -> start;
        };
    }

    private static char letter(String text, int index, boolean anyCase) {
        char c = text.charAt(index);
        if (!anyCase) {
            return c;
        }
        return c == 'ſ' ? 's' : Character.toLowerCase(c); // the long s folds to s
    }
}
