package dev.sartor.retrieve.text;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.BoostQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.TermQuery;

/// A question as a bag of words: those of each language that passages are in, as that language compares them. Nothing in the
/// question is query syntax.
public record WordQuery(Analyzer analyzer, IndexReader reader) {
    /// Of a longer question the rarest words decide; Lucene refuses more than 1024.
    private static final int MOST_WORDS = 1000;

    private record Weighted(Term term, int times, int documents) {}

    public Query of(String text) throws IOException {
        var words = new ArrayList<Weighted>();
        for (var field : WordField.in(reader)) {
            for (var word : counted(field, text).entrySet()) {
                var term = new Term(field, word.getKey());
                int documents = reader.docFreq(term);
                if (documents > 0) {
                    words.add(new Weighted(term, word.getValue(), documents));
                }
            }
        }
        if (words.isEmpty()) {
            return new MatchNoDocsQuery("no word of the question is in the index");
        }
        var query = new BooleanQuery.Builder();
        words.stream()
                .sorted(Comparator.comparingInt(Weighted::documents))
                .limit(MOST_WORDS)
                .forEach(word ->
                        query.add(
                                new BoostQuery(new TermQuery(word.term()), word.times()),
                                BooleanClause.Occur.SHOULD));
        return query.build();
    }

    private Map<String, Integer> counted(String field, String text) throws IOException {
        var counts = new LinkedHashMap<String, Integer>();
        try (var stream = analyzer.tokenStream(field, text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                counts.merge(term.toString(), 1, Integer::sum);
            }
            stream.end();
        }
        return counts;
    }
}
