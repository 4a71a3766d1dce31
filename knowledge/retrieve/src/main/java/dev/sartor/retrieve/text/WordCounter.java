package dev.sartor.retrieve.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.SmallFloat;

/// Counts the words of texts as a Lucene index of the same analysis does, for indexes that lie elsewhere. Safe for concurrent
/// callers.
public final class WordCounter implements AutoCloseable {
    private final Analyzer analyzer;

    public WordCounter(Analysis analysis) {
        analyzer = analysis.analyzer();
    }

    /// The words of a text.
    ///
    /// @param counts how often each word stands in it
    /// @param tokens all of them together
    /// @param length for BM25, rounded as Lucene's norms are
    public record Counted(Map<String, Integer> counts, int tokens, int length) {}

    /// @param language as {@link WordField#of} takes it
    public Counted count(Optional<Analysis> language, String text) {
        return countIn(WordField.of(language), text);
    }

    /// @param field as {@link WordField#of} names it
    public Counted countIn(String field, String text) {
        var counts = new LinkedHashMap<String, Integer>();
        int tokens = 0;
        int positions = 0;
        try (var stream = analyzer.tokenStream(field, text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var increment = stream.addAttribute(PositionIncrementAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
                tokens++;
                positions += increment.getPositionIncrement() == 0 ? 0 : 1;
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Counted(counts, tokens, SmallFloat.byte4ToInt(SmallFloat.intToByte4(positions)));
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
