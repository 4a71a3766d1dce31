package dev.sartor.retrieve.ground;

import dev.sartor.core.SartorException;
import dev.sartor.retrieve.search.PassageIndex;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.LanguageDetection;
import dev.sartor.retrieve.text.WordField;
import dev.sartor.retrieve.text.WordQuery;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.TextField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.NoMergePolicy;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.store.ByteBuffersDirectory;

/// Texts that are searched by words (BM25), in memory.
final class TextSearch implements AutoCloseable {
    private final Analyzer analyzer;
    private final DirectoryReader reader;
    private final IndexSearcher searcher;

    private TextSearch(Analyzer analyzer, DirectoryReader reader) {
        this.analyzer = analyzer;
        this.reader = reader;
        this.searcher = new IndexSearcher(reader);
        searcher.setSimilarity(PassageIndex.SIMILARITY);
    }

    static TextSearch of(List<String> texts, Analysis analysis) {
        var analyzer = analysis.analyzer();
        var memory = new ByteBuffersDirectory();
        var config =
                new IndexWriterConfig(analyzer)
                        // Merging may change the order by which texts are numbered.
                        .setMergePolicy(NoMergePolicy.INSTANCE);
        try {
            try (var writer = new IndexWriter(memory, config)) {
                for (var text : texts) {
                    var document = new Document();
                    document.add(new TextField(field(text, analysis), text, Field.Store.NO));
                    writer.addDocument(document);
                }
            }
            return new TextSearch(analyzer, DirectoryReader.open(memory));
        } catch (IOException e) {
            throw SartorException.defect("cannot index texts in memory", e);
        }
    }

    private static String field(String text, Analysis analysis) {
        return analysis == Analysis.AUTO
                ? WordField.of(Optional.of(LanguageDetection.of(text).orElse(Analysis.ANY)))
                : WordField.ALL;
    }

    /// @return the numbers of at most `k` texts that share a word with the question, best first
    List<Integer> best(String question, int k) {
        try {
            var found = new ArrayList<Integer>();
            var query = new WordQuery(analyzer, reader).of(question);
            for (var hit : searcher.search(query, k).scoreDocs) {
                found.add(hit.doc);
            }
            return found;
        } catch (IOException e) {
            throw SartorException.defect("cannot search texts in memory", e);
        }
    }

    @Override
    public void close() {
        try {
            reader.close();
            reader.directory().close();
            analyzer.close();
        } catch (IOException e) {
            throw SartorException.defect("cannot free texts in memory", e);
        }
    }
}
