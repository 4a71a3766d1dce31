package dev.sartor.tokenizer.text;

import dev.sartor.core.text.BoundedText;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// The pre-tokenizers of real models, besides {@link WordScanner}.
public final class Splitters {
    private Splitters() {}

    public static TextSplitter matching(Pattern pattern, Cuts.Behavior behavior, boolean invert) {
        return (text, words) -> {
            var cuts = new Cuts(text);
            var matcher = BoundedText.matcher(pattern, text.text());
            while (BoundedText.find(matcher)) {
                cuts.match(matcher.start(), matcher.end());
            }
            cuts.send(behavior, invert, words);
        };
    }

    /// Each code point that fits is a match of its own.
    public static TextSplitter fitting(IntPredicate fits, Cuts.Behavior behavior) {
        return (text, words) -> {
            var cuts = new Cuts(text);
            var string = text.text();
            for (int i = 0; i < string.length(); ) {
                int codePoint = string.codePointAt(i);
                int end = i + Character.charCount(codePoint);
                if (fits.test(codePoint)) {
                    cuts.match(i, end);
                }
                i = end;
            }
            cuts.send(behavior, false, words);
        };
    }

    public static TextSplitter digits(boolean each) {
        return fitting(
                codePoint -> CharKinds.kind(codePoint) == CharKinds.NUMBER,
                each ? Cuts.Behavior.ISOLATED : Cuts.Behavior.CONTIGUOUS);
    }

    public static TextSplitter spacesRemoved() {
        return fitting(CharKinds::isSpace, Cuts.Behavior.REMOVED);
    }

    /// BERT's: white space parts words, punctuation stands alone.
    public static TextSplitter bert() {
        return (text, words) -> {
            var string = text.text();
            int start = 0;
            for (int i = 0; i < string.length(); ) {
                int codePoint = string.codePointAt(i);
                int end = i + Character.charCount(codePoint);
                boolean space = CharKinds.isSpace(codePoint);
                if (space || BertCharacters.isPunctuation(codePoint)) {
                    send(text, start, i, words);
                    send(text, i, space ? i : end, words);
                    start = end;
                }
                i = end;
            }
            send(text, start, string.length(), words);
        };
    }

    private static void send(AlignedText text, int start, int end, Consumer<AlignedText> words) {
        if (start < end) {
            words.accept(text.slice(start, end));
        }
    }

    /// @param length code points of each word but perhaps the last
    public static TextSplitter fixedLength(int length) {
        return (text, words) -> {
            int start = 0;
            int count = 0;
            for (int i = 0; i < text.length(); ) {
                i += Character.charCount(text.codePointAt(i));
                if (++count == length || i == text.length()) {
                    words.accept(text.slice(start, i));
                    start = i;
                    count = 0;
                }
            }
        };
    }

    /// GPT-2's first step for models that treat a text's first word like any other.
    public static TextSplitter spaceBefore(TextSplitter next) {
        return (text, words) -> {
            if (text.length() == 0 || text.charAt(0) == ' ') {
                next.split(text, words);
                return;
            }
            int first = Character.charCount(text.codePointAt(0));
            var builder = new AlignedText.Builder(text).put(' ', 0, first);
            next.split(Normalisers.copyRest(builder, text, 0), words);
        };
    }

    /// When a text gets a mark before its first word.
    public enum Prepend {
        ALWAYS,
        /// Only the piece that begins the original text.
        FIRST,
        NEVER
    }

    /// sentencepiece's: blanks become a mark, and words begin with theirs.
    ///
    /// @param mark one character
    public static TextSplitter metaspace(String mark, Prepend prepend, boolean split) {
        var marking = Normalisers.replace(" ", mark);
        var prepending = Normalisers.prepend(mark);
        return (text, words) -> {
            if (text.length() == 0) {
                return;
            }
            var marked = marking.apply(text);
            boolean wanted =
                    prepend == Prepend.ALWAYS || (prepend == Prepend.FIRST && text.start(0) == 0);
            if (wanted && !marked.text().startsWith(mark)) {
                marked = prepending.apply(marked);
            }
            if (split) {
                atMarks(marked, mark, words);
            } else {
                words.accept(marked);
            }
        };
    }

    private static void atMarks(AlignedText marked, String mark, Consumer<AlignedText> words) {
        var string = marked.text();
        int start = 0;
        while (start < string.length()) {
            int next = string.indexOf(mark, start + 1);
            int end = next < 0 ? string.length() : next;
            words.accept(marked.slice(start, end));
            start = end;
        }
    }
}
