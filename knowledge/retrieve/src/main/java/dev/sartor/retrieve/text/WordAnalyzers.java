package dev.sartor.retrieve.text;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.DelegatingAnalyzerWrapper;

/// Analyses each field of words as its language asks for ({@link WordField}); a language's analyser is made when it is first
/// needed. Safe for concurrent callers.
final class WordAnalyzers extends DelegatingAnalyzerWrapper {
    private final Map<Analysis, Analyzer> made = new ConcurrentHashMap<>();

    WordAnalyzers() {
        super(PER_FIELD_REUSE_STRATEGY);
    }

    @Override
    protected Analyzer getWrappedAnalyzer(String field) {
        return made.computeIfAbsent(WordField.analysis(field), Analysis::analyzer);
    }

    @Override
    public void close() {
        made.values().forEach(Analyzer::close);
        super.close();
    }
}
