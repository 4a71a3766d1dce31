package dev.sartor.retrieve;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Where a question's words stand in a text, words compared as the search compares them.
public record Highlights(Set<String> words, Analysis analysis) {
    /// In Java's UTF-16 indices.
    ///
    /// @param to behind the last character
    public record Span(int from, int to) {}

    public Highlights {
        words = Set.copyOf(words);
    }

    public static Highlights of(String question, Analysis analysis) {
        try (var analyzer = analysis.analyzer()) {
            return new Highlights(Terms.of(question, analyzer).words(), analysis);
        }
    }

    /// In the order of the text.
    public List<Span> in(String text) {
        var spans = new ArrayList<Span>();
        try (var analyzer = analysis.analyzer();
                var stream = analyzer.tokenStream(IndexBuilder.WORDS, text)) {
            var word = stream.addAttribute(CharTermAttribute.class);
            var place = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                if (words.contains(word.toString())) {
                    spans.add(new Span(place.startOffset(), place.endOffset()));
                }
            }
            stream.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return spans;
    }
}
