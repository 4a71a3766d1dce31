package dev.sartor.retrieve;

import dev.sartor.core.Embedder;
import dev.sartor.core.Passage;
import dev.sartor.core.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.apache.lucene.analysis.Analyzer;

/// Checks each sentence of an answer against passages. A passage supports a sentence when it holds three quarters of its
/// words, stems compared and stop words left out; where it holds half of them, the mean of that share and of the likeness
/// of the sentence and the passage's likeliest sentence (a cosine) has to reach three quarters. A number that the passage
/// does not hold is never supported. This finds what stands nowhere; that a sentence's words stand in a passage does not
/// prove that it says the same. Safe for concurrent callers.
public final class AnswerCheck {
    /// Support from which a sentence counts as supported.
    static final double ENOUGH = 0.75;

    /// Share of words below which no likeness makes up for the others.
    private static final double LEAST_SHARED = 0.5;

    private final Analyzer analyzer;
    private final Function<List<String>, List<float[]>> vectors;
    private final Optional<String> unanswerable;

    /// @param unanswerable what is said where nothing is known; it states nothing
    public AnswerCheck(Analysis analysis, Embedder embedder, Optional<String> unanswerable) {
        this(analysis, embedder::embed, unanswerable);
    }

    /// @param vectors of texts, of length 1; none where words alone are compared
    AnswerCheck(
            Analysis analysis,
            Function<List<String>, List<float[]>> vectors,
            Optional<String> unanswerable) {
        this.analyzer = analysis.analyzer();
        this.vectors = vectors;
        this.unanswerable = unanswerable.map(Terms::folded);
    }

    /// The sentences that state something, in their order.
    ///
    /// @param passages number 1 first
    public List<Statement> statements(String answer, List<Passage> passages) {
        var sources = passages.stream().map(each -> new Source(each, analyzer)).toList();
        var statements = new ArrayList<Statement>();
        for (var sentence : CitedSentence.all(answer, passages.size())) {
            var terms = Terms.of(sentence.text(), analyzer);
            if (!terms.isEmpty() && !isUnanswerable(sentence.text())) {
                statements.add(checked(sentence, terms, sources));
            }
        }
        return statements;
    }

    private boolean isUnanswerable(String sentence) {
        return unanswerable.filter(Terms.folded(sentence)::equals).isPresent();
    }

    private record Found(int number, double support, boolean holdsNumbers) {
        boolean isEnough() {
            return holdsNumbers && support >= ENOUGH;
        }
    }

    private Statement checked(CitedSentence sentence, Terms terms, List<Source> sources) {
        var best =
                sentence.checkedAgainst(sources.size()).stream()
                        .map(number -> found(number, sources.get(number - 1), sentence, terms))
                        .max(
                                Comparator.comparing(Found::isEnough)
                                        .thenComparingDouble(Found::support)
                                        .thenComparing(Found::number, Comparator.reverseOrder()))
                        .orElse(new Found(0, 0, false));
        return new Statement(
                sentence.text(),
                sentence.cites(),
                best.support() > 0 ? best.number() : 0,
                best.support(),
                best.isEnough());
    }

    private Found found(int number, Source source, CitedSentence sentence, Terms terms) {
        double shared = terms.shareIn(source.terms());
        boolean holdsNumbers = terms.numbersAreIn(source.terms());
        boolean isOpen = holdsNumbers && shared >= LEAST_SHARED && shared < ENOUGH;
        var likeness = isOpen ? likeness(sentence.text(), source) : OptionalDouble.empty();
        double support = likeness.isPresent() ? (shared + likeness.getAsDouble()) / 2 : shared;
        return new Found(number, support, holdsNumbers);
    }

    /// The highest cosine with one of the passage's sentences; empty where words alone are compared.
    private OptionalDouble likeness(String sentence, Source source) {
        var texts = new ArrayList<>(TextSplitter.sentences(source.passage().text()));
        texts.addFirst(sentence);
        var made = vectors.apply(texts);
        return made.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(
                        made.stream()
                                .skip(1)
                                .mapToDouble(each -> VectorProducts.product(made.getFirst(), each))
                                .reduce(0, Math::max));
    }

    /// A passage with its words, those of its headings and of its document's name among them; numbers of pages support nothing.
    private record Source(Passage passage, Terms terms) {
        Source(Passage passage, Analyzer analyzer) {
            this(
                    passage,
                    Terms.of(
                            passage.document() + "\n" + passage.section() + "\n" + passage.text(),
                            analyzer));
        }
    }
}
