package dev.sartor.retrieve;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopwordAnalyzerBase;
import org.apache.lucene.analysis.WordlistLoader;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.util.IOUtils;

/// In which languages a word is one of the commonest ones: those of the stop word lists that Lucene brings along.
final class FunctionWords {
    /// That have a script of their own, or no language.
    private static final Set<Analysis> NOT_BY_WORDS =
            EnumSet.of(Analysis.AUTO, Analysis.ANY, Analysis.GREEK, Analysis.CJK);

    /// Longer than the one of its analyser, which is kept short so that little is lost.
    private static final String ENGLISH = "/org/apache/lucene/analysis/snowball/english_stop.txt";

    private FunctionWords() {}

    /// Made when it is first asked for.
    private static final class Table {
        private static final Map<String, Long> LANGUAGES = table();

        private static Map<String, Long> table() {
            var languages = new HashMap<String, Long>();
            for (var language : EnumSet.complementOf(EnumSet.copyOf(NOT_BY_WORDS))) {
                for (var word : list(language)) {
                    languages.merge(
                            new String((char[]) word), bit(language), (a, b) -> a | b);
                }
            }
            return languages;
        }
    }

    private static Reader english() throws IOException {
        return new InputStreamReader(
                IOUtils.requireResourceNonNull(
                        EnglishAnalyzer.class.getResourceAsStream(ENGLISH), ENGLISH),
                StandardCharsets.UTF_8);
    }

    private static CharArraySet list(Analysis language) {
        if (language == Analysis.ENGLISH) {
            try (var list = english()) {
                return WordlistLoader.getSnowballWordSet(list);
            } catch (IOException e) {
                throw SartorException.defect("cannot read " + ENGLISH, e);
            }
        }
        try (var analyzer = language.analyzer()) {
            return analyzer instanceof StopwordAnalyzerBase with
                    ? with.getStopwordSet()
                    : DutchAnalyzer.getDefaultStopSet();
        }
    }

    /// Those languages' bits, see {@link #bit}; 0 where it is none of their words.
    ///
    /// @param word in lower case
    static long languagesOf(String word) {
        return Table.LANGUAGES.getOrDefault(word, 0L);
    }

    static long bit(Analysis language) {
        return 1L << language.ordinal();
    }
}
