package dev.sartor.tokenizer.text;

import java.lang.Character.UnicodeScript;
import java.util.function.Consumer;

/// Cuts a text where its script changes, as HF's library does for sentencepiece's sake: kana counts as Han, a blank
/// belongs to what stands before it.
public final class ScriptSplitter implements TextSplitter {
    private static final int LONG_VOWEL = 0x30fc;

    @Override
    public void split(AlignedText text, Consumer<AlignedText> words) {
        var last = UnicodeScript.UNKNOWN;
        boolean begun = false;
        int start = 0;
        for (int i = 0; i < text.length(); ) {
            int codePoint = text.codePointAt(i);
            var script = script(codePoint);
            if (script != UnicodeScript.UNKNOWN) {
                if (script != last) {
                    if (begun && i > start) {
                        words.accept(text.slice(start, i));
                    }
                    start = i;
                    begun = true;
                }
                last = script;
            }
            i += Character.charCount(codePoint);
        }
        if (begun) { // what stands before the first character of a script is left out there too
            words.accept(text.slice(start, text.length()));
        }
    }

    private static UnicodeScript script(int codePoint) {
        if (codePoint == ' ') {
            return UnicodeScript.UNKNOWN;
        }
        var script = UnicodeScript.of(codePoint);
        boolean kana = script == UnicodeScript.HIRAGANA || script == UnicodeScript.KATAKANA;
        return kana || codePoint == LONG_VOWEL ? UnicodeScript.HAN : script;
    }
}
