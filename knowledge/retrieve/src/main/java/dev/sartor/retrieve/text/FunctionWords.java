package dev.sartor.retrieve.text;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.sartor.core.SartorException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.StopwordAnalyzerBase;
import org.apache.lucene.analysis.nl.DutchAnalyzer;
import org.apache.lucene.util.IOUtils;

/// In which languages a word is one of the commonest: those of the stop word lists that Lucene brings along, and those of
/// `function-words.txt` beside this class.
final class FunctionWords {
    /// That have a script of their own, or no language.
    private static final Set<Analysis> NOT_BY_WORDS =
            EnumSet.of(Analysis.AUTO, Analysis.ANY, Analysis.GREEK, Analysis.CJK);

    /// Begins the name of a language that has no analyser.
    private static final char NOT_ANALYSED = '-';

    private static final String OWN = "function-words.txt";

    private FunctionWords() {}

    /// Made when it is first asked for.
    private static final class Table {
        private static final Map<String, Long> LANGUAGES = new HashMap<>();

        /// What each bit stands for; empty for a language that has no analyser.
        private static final List<Optional<Analysis>> NUMBERED = new ArrayList<>();

        static {
            for (var language : EnumSet.complementOf(EnumSet.copyOf(NOT_BY_WORDS))) {
                int bit = numbered(Optional.of(language));
                for (var word : stopWords(language)) {
                    add(new String((char[]) word), bit);
                }
            }
            for (var line : ownLines()) {
                var words = line.split(" ");
                boolean isOther = words[0].charAt(0) == NOT_ANALYSED;
                int bit =
                        isOther
                                ? numbered(Optional.empty())
                                : NUMBERED.indexOf(Optional.of(Analysis.labelled(words[0])));
                for (int i = 1; i < words.length; i++) {
                    add(words[i], bit);
                }
            }
        }

        private static int numbered(Optional<Analysis> language) {
            NUMBERED.add(language);
            return NUMBERED.size() - 1;
        }

        private static void add(String word, int bit) {
            LANGUAGES.merge(word, 1L << bit, (a, b) -> a | b);
        }
    }

    private static CharArraySet stopWords(Analysis language) {
        try (var analyzer = language.analyzer()) {
            return analyzer instanceof StopwordAnalyzerBase with
                    ? with.getStopwordSet()
                    : DutchAnalyzer.getDefaultStopSet();
        }
    }

    private static List<String> ownLines() {
        try (var file = FunctionWords.class.getResourceAsStream(OWN)) {
            return new String(IOUtils.requireResourceNonNull(file, OWN).readAllBytes(), UTF_8)
                    .lines()
                    .filter(line -> line.charAt(0) != '#')
                    .toList();
        } catch (IOException e) {
            throw SartorException.defect("cannot read " + OWN, e);
        }
    }

    /// A bit for each language that has the word.
    ///
    /// @param word in lower case
    static long languagesOf(String word) {
        return Table.LANGUAGES.getOrDefault(word, 0L);
    }

    /// How many bits there are. 64 at most.
    static int languages() {
        return Table.NUMBERED.size();
    }

    /// Empty for a language that has no analyser.
    static Optional<Analysis> language(int bit) {
        return Table.NUMBERED.get(bit);
    }
}
