package dev.sartor.retrieve.text;

import dev.sartor.core.SartorException;
import dev.sartor.retrieve.split.TextSplitter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/// Takes texts apart into words as a search compares them, with where each stands. Safe for concurrent callers.
public final class WordForms implements AutoCloseable {
    private final Analysis setting;
    private final Analyzer analyzer;

    /// @param setting as an index has it
    public WordForms(Analysis setting) {
        this.setting = setting;
        this.analyzer = setting.analyzer();
    }

    /// A word that is no stop word.
    ///
    /// @param form that all its forms share
    /// @param start in characters of the text
    /// @param end after its last character
    public record Word(String form, int start, int end) {}

    /// In whose way the words of a passage are compared: the setting's, or its own where each passage is asked for its own.
    public Analysis language(String passage) {
        return setting == Analysis.AUTO
                ? LanguageDetection.of(passage).orElse(Analysis.ANY)
                : setting;
    }

    /// In the order in which they stand.
    ///
    /// @param language that {@link #language} gave
    public List<Word> words(String text, Analysis language) {
        var field = setting == Analysis.AUTO ? WordField.of(Optional.of(language)) : WordField.ALL;
        var words = new ArrayList<Word>();
        try (var stream = analyzer.tokenStream(field, text)) {
            var term = stream.addAttribute(CharTermAttribute.class);
            var offset = stream.addAttribute(OffsetAttribute.class);
            stream.reset();
            while (stream.incrementToken()) {
                words.add(new Word(term.toString(), offset.startOffset(), offset.endOffset()));
            }
            stream.end();
        } catch (IOException e) {
            throw SartorException.defect("cannot take a text apart", e);
        }
        return words;
    }

    /// The sentences of a passage, and the lines of its lists and tables, in their order.
    public static List<String> sentences(String passage) {
        return passage.lines()
                .flatMap(line -> TextSplitter.sentences(line).stream())
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
    }

    @Override
    public void close() {
        analyzer.close();
    }
}
