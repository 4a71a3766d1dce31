package dev.sartor.retrieve;

import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.standard.StandardAnalyzer;

/// How text becomes the words that BM25 compares.
public enum Analysis {
    /// Porter stems without stop words.
    ENGLISH,
    /// Lower-cased words of any language.
    ANY;

    Analyzer analyzer() {
        return switch (this) {
            case ENGLISH -> new EnglishAnalyzer();
            case ANY -> new StandardAnalyzer();
        };
    }
}
