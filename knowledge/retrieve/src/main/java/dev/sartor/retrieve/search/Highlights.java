package dev.sartor.retrieve.search;

import dev.sartor.core.Passage;
import dev.sartor.retrieve.split.Terms;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.WordField;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Where a question's words stand in passages, words compared as the search compares them.
///
/// @param analysis of the index that the passages are from
public record Highlights(String question, Analysis analysis) {
    /// In Java's UTF-16 indices.
    ///
    /// @param to behind the last character
    public record Span(int from, int to) {}

    /// In the order of the passage's text.
    public List<Span> in(Passage passage) {
        var spans = new ArrayList<Span>();
        var text = passage.text();
        try (var analyzer = analysis.of(passage).analyzer()) {
            var words = Terms.of(question, analyzer).words();
            try (var stream = analyzer.tokenStream(WordField.ALL, text)) {
                var word = stream.addAttribute(CharTermAttribute.class);
                var place = stream.addAttribute(OffsetAttribute.class);
                stream.reset();
                while (stream.incrementToken()) {
                    if (words.contains(word.toString())) {
                        spans.add(new Span(place.startOffset(), place.endOffset()));
                    }
                }
                stream.end();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return joined(spans);
    }

    /// Pairs of neighbouring signs overlap where words are not set apart.
    private static List<Span> joined(List<Span> spans) {
        var joined = new ArrayList<Span>();
        for (var span : spans) {
            if (!joined.isEmpty() && span.from() < joined.getLast().to()) {
                var before = joined.removeLast();
                joined.add(new Span(before.from(), Math.max(before.to(), span.to())));
            } else {
                joined.add(span);
            }
        }
        return joined;
    }
}
