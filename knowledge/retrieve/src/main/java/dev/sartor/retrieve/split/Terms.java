package dev.sartor.retrieve.split;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/// The distinct words of a text as a search compares them.
public record Terms(Set<String> words) {
    private static final Pattern NOT_IN_WORDS = Pattern.compile("[^\\p{L}\\p{N}]+");
    private static final Pattern DIGIT = Pattern.compile("\\p{Nd}");

    public Terms {
        words = Set.copyOf(words);
    }

    public static Terms of(String text, Analyzer analyzer) {
        var words = new LinkedHashSet<String>();
        try (var stream = analyzer.tokenStream("text", text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(term.toString());
            }
            stream.end();
        } catch (IOException e) {
            throw SartorException.defect("cannot take a text apart", e);
        }
        return new Terms(words);
    }

    /// Lower case, letters and digits alone.
    public static String folded(String text) {
        return NOT_IN_WORDS.matcher(text.toLowerCase(Locale.ROOT)).replaceAll(" ").strip();
    }

    public boolean isEmpty() {
        return words.isEmpty();
    }

    /// Which share of these words the other text has, 0 to 1.
    public double shareIn(Terms other) {
        return (double) words.stream().filter(other.words::contains).count() / words.size();
    }

    public boolean numbersAreIn(Terms other) {
        return words.stream()
                .filter(word -> DIGIT.matcher(word).find())
                .allMatch(other.words::contains);
    }
}
