package dev.sartor.classify;

import java.util.List;

/// Labels by the words of a text and the runs of characters in them, without any model of language: TF-IDF and logistic regression,
/// which is what an expert tries first.
///
/// Safe for concurrent callers.
public final class TextClassifier {
    /// So many characters of a text are read; what stands behind them has no part.
    public static final int MOST_CHARACTERS = 50_000;

    /// Of words, and as many of runs of characters: the most frequent stay.
    private static final int MOST_TERMS = 100_000;

    /// Weights of all terms and labels together, which bounds the memory where labels are many.
    private static final int MOST_WEIGHTS = 20_000_000;

    /// From so many texts on a term counts that two of them have.
    private static final int MANY = 1_000;

    private final TfidfVectorizer words;
    private final TfidfVectorizer characters;
    private final ChosenFit fit;

    private TextClassifier(List<String> texts, int[] labels, int classes, long seed) {
        int least = texts.size() < MANY ? 1 : 2;
        int most = Math.min(MOST_TERMS, MOST_WEIGHTS / 2 / classes);
        this.words = TfidfVectorizer.fit(Terms.WORDS, texts, least, most);
        this.characters = TfidfVectorizer.fit(Terms.CHARACTERS, texts, least, most);
        var rows = texts.stream().map(text -> SparseRow.of(text, words, characters)).toList();
        this.fit = ChosenFit.of(rows, words.size() + characters.size(), labels, classes, seed);
    }

    /// Learns from texts. The inverse strength C of the penalty, 0.1, 1 or 10, is the one that answers the most held-out texts rightly
    /// in a five-fold cross-validation over at most 10,000 of them.
    ///
    /// @param labels of each text, from 0
    /// @param classes how many labels there are, those included that no text has
    /// @param seed of the folds and of the descent: the same gives the same bits
    public static TextClassifier fit(List<String> texts, int[] labels, int classes, long seed) {
        if (texts.isEmpty() || texts.size() != labels.length || classes < 2) {
            throw new IllegalArgumentException(
                    "needs as many labels as texts and two classes, got "
                            + List.of(texts.size(), labels.length, classes));
        }
        return new TextClassifier(
                texts.stream().map(TextClassifier::read).toList(), labels, classes, seed);
    }

    /// The inverse C of the penalty's strength that was chosen.
    double strength() {
        return fit.strength();
    }

    /// How many texts it learned from: all, or as many, drawn by the seed, as fit the memory that is set apart for them.
    public int learned() {
        return fit.learned();
    }

    /// The logarithm of each class's probability.
    public double[] logProbabilities(String text) {
        return fit.classifier().logProbabilities(SparseRow.of(read(text), words, characters));
    }

    /// What is read of a text.
    public static String read(String text) {
        if (text.length() <= MOST_CHARACTERS) {
            return text;
        }
        boolean isCutInTwo = Character.isHighSurrogate(text.charAt(MOST_CHARACTERS - 1));
        return text.substring(0, MOST_CHARACTERS - (isCutInTwo ? 1 : 0));
    }

    /// How many words of two characters or more are read of a text.
    public static int countWords(String text) {
        return Terms.words(read(text)).size();
    }
}
