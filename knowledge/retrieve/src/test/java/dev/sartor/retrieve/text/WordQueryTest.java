package dev.sartor.retrieve.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.MatchNoDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.Test;

class WordQueryTest {
    private static Query query(Analysis analysis, List<String> texts, String question)
            throws IOException {
        var analyzer = analysis.analyzer();
        try (var directory = new ByteBuffersDirectory()) {
            try (var writer = new IndexWriter(directory, new IndexWriterConfig(analyzer))) {
                for (var text : texts) {
                    writer.addDocument(List.of(new TextField(WordField.ALL, text, Field.Store.NO)));
                }
            }
            try (var reader = DirectoryReader.open(directory)) {
                return new WordQuery(analyzer, reader).of(question);
            }
        }
    }

    @Test
    void aWordSaidTwiceWeighsTwice() throws IOException {
        assertThat(query(Analysis.ENGLISH, List.of("kettle lamp"), "Kettle, kettles: lamp"))
                .hasToString("(words:kettl)^2.0 (words:lamp)^1.0");
    }

    @Test
    void stopWordsAndEndingsStayInOtherLanguages() throws IOException {
        assertThat(query(Analysis.ANY, List.of("the kettles"), "The kettles"))
                .hasToString("(words:the)^1.0 (words:kettles)^1.0");
    }

    @Test
    void wordsThatNoPassageHasAreLeftOut() throws IOException {
        assertThat(query(Analysis.ENGLISH, List.of("kettle"), "lamp"))
                .isInstanceOf(MatchNoDocsQuery.class);
    }

    @Test
    void ofTooManyWordsTheRarestStay() throws IOException {
        var many = new StringBuilder();
        for (int i = 0; i < 1500; i++) {
            many.append(" common").append(i);
        }
        var query = query(Analysis.ANY, List.of(many + " rare", many.toString()), many + " rare");
        assertThat(((BooleanQuery) query).clauses()).hasSize(1000);
        assertThat(query.toString()).contains("words:rare");
    }
}
