package dev.sartor.model;

import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/// The pre-tokenizers of real models, besides {@link WordScanner}.
final class Splitters {
    private Splitters() {}

    static TextSplitter matching(Pattern pattern, Cuts.Behavior behavior, boolean invert) {
        return (text, words) -> {
            var cuts = new Cuts(text);
            var matcher = pattern.matcher(text.text());
            while (matcher.find()) {
                cuts.match(matcher.start(), matcher.end());
            }
            cuts.send(behavior, invert, words);
        };
    }

    /// Each code point that fits is a match of its own.
    static TextSplitter fitting(IntPredicate fits, Cuts.Behavior behavior) {
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

    static TextSplitter digits(boolean each) {
        return fitting(
                codePoint -> CharKinds.kind(codePoint) == CharKinds.NUMBER,
                each ? Cuts.Behavior.ISOLATED : Cuts.Behavior.CONTIGUOUS);
    }

    static TextSplitter spacesRemoved() {
        return fitting(CharKinds::isSpace, Cuts.Behavior.REMOVED);
    }

    /// BERT's: white space parts words, punctuation stands alone.
    static TextSplitter bert() {
        var punctuation = fitting(BertCharacters::isPunctuation, Cuts.Behavior.ISOLATED);
        return (text, words) -> spacesRemoved().split(text, word -> punctuation.split(word, words));
    }

    /// GPT-2's first step for models that treat a text's first word like any other.
    static TextSplitter spaceBefore(TextSplitter next) {
        return (text, words) -> {
            if (text.length() == 0 || text.text().charAt(0) == ' ') {
                next.split(text, words);
                return;
            }
            int first = Character.charCount(text.text().codePointAt(0));
            var builder = new AlignedText.Builder(text).put(' ', 0, first);
            next.split(Normalisers.copyRest(builder, text, 0), words);
        };
    }

    /// When a text gets a mark before its first word.
    enum Prepend {
        ALWAYS,
        /// Only the piece that begins the original text.
        FIRST,
        NEVER
    }

    /// sentencepiece's: blanks become a mark, and words begin with theirs.
    static TextSplitter metaspace(String mark, Prepend prepend, boolean split) {
        return (text, words) -> {
            var marked = Normalisers.replace(Pattern.compile(" "), mark).apply(text);
            boolean first = text.length() > 0 && text.start(0) == 0;
            if (text.length() > 0
                    && !marked.text().startsWith(mark)
                    && (prepend == Prepend.ALWAYS || (prepend == Prepend.FIRST && first))) {
                marked = Normalisers.prepend(mark).apply(marked);
            }
            if (split) {
                matching(
                                Pattern.compile(Pattern.quote(mark)),
                                Cuts.Behavior.MERGED_WITH_NEXT,
                                false)
                        .split(marked, words);
            } else if (marked.length() > 0) {
                words.accept(marked);
            }
        };
    }
}
