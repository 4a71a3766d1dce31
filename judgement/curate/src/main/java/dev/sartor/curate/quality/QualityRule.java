package dev.sartor.curate.quality;

import java.util.Arrays;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// What is measured of a text: Rae et al. 2021 ("Scaling language models: methods, analysis & insights from training Gopher"),
/// appendix A1.1, and its table A1 for repetition. Shares are 0 to 1.
public enum QualityRule {
    /// Separated by white space; each letter of a script without blanks (Han, Kana, Thai …) counts as one.
    WORDS("words"),
    /// In characters.
    MEAN_WORD_LENGTH("mean word length"),
    HASHES_PER_WORD("hash signs per word"),
    ELLIPSES_PER_WORD("ellipses per word"),
    BULLET_LINES("share of lines that begin with a bullet"),
    ELLIPSIS_LINES("share of lines that end with an ellipsis"),
    ALPHABETIC_WORDS("share of words with a letter"),
    /// How many of the, be, to, of, and, that, have, with stand in the text: for English alone.
    STOP_WORDS("number of different stop words"),
    DUPLICATE_LINES("share of lines that repeat an earlier one"),
    DUPLICATE_LINE_CHARACTERS("share of characters in lines that repeat an earlier one"),
    DUPLICATE_PARAGRAPHS("share of paragraphs that repeat an earlier one"),
    DUPLICATE_PARAGRAPH_CHARACTERS("share of characters in paragraphs that repeat an earlier one"),
    TOP_2_GRAM("share of characters in the most frequent 2-gram"),
    TOP_3_GRAM("share of characters in the most frequent 3-gram"),
    TOP_4_GRAM("share of characters in the most frequent 4-gram"),
    DUPLICATE_5_GRAMS("share of characters in repeated 5-grams"),
    DUPLICATE_6_GRAMS("share of characters in repeated 6-grams"),
    DUPLICATE_7_GRAMS("share of characters in repeated 7-grams"),
    DUPLICATE_8_GRAMS("share of characters in repeated 8-grams"),
    DUPLICATE_9_GRAMS("share of characters in repeated 9-grams"),
    DUPLICATE_10_GRAMS("share of characters in repeated 10-grams");

    /// The n-grams whose most frequent one is looked at, n from 2 on.
    static final List<QualityRule> TOP = List.of(TOP_2_GRAM, TOP_3_GRAM, TOP_4_GRAM);

    /// The n-grams that are looked at for repetition, n from 5 on.
    static final List<QualityRule> DUPLICATE =
            List.of(
                    DUPLICATE_5_GRAMS,
                    DUPLICATE_6_GRAMS,
                    DUPLICATE_7_GRAMS,
                    DUPLICATE_8_GRAMS,
                    DUPLICATE_9_GRAMS,
                    DUPLICATE_10_GRAMS);

    private static final Set<QualityRule> OF_REPETITION =
            Collections.unmodifiableSet(EnumSet.range(DUPLICATE_LINES, DUPLICATE_10_GRAMS));

    private final String what;

    QualityRule(String what) {
        this.what = what;
    }

    /// As settings name it, such as `mean_word_length`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<QualityRule> labelled(String label) {
        return Arrays.stream(values()).filter(each -> each.label().equals(label)).findFirst();
    }

    /// One of the last thirteen, which are about repetition.
    boolean isOfRepetition() {
        return OF_REPETITION.contains(this);
    }

    /// Of n-grams, which are made of words that blanks separate.
    boolean isOfWords() {
        return TOP.contains(this) || DUPLICATE.contains(this);
    }

    Finding finding(double value, Range range) {
        boolean isLow = value < range.least();
        double limit = isLow ? range.least() : range.most();
        return new Finding(
                label(),
                value,
                limit,
                what
                        + " is "
                        + plain(value)
                        + (isLow ? ", at least " : ", at most ")
                        + plain(limit)
                        + " is asked for");
    }

    private static String plain(double value) {
        return value == Math.rint(value)
                ? String.format(Locale.ROOT, "%,.0f", value)
                : String.format(Locale.ROOT, "%.2f", value);
    }
}
