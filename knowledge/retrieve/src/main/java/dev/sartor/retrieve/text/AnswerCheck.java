package dev.sartor.retrieve.text;

import dev.sartor.core.Embedder;
import dev.sartor.core.Passage;
import dev.sartor.core.Statement;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.retrieve.split.Terms;
import dev.sartor.retrieve.split.TextSplitter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.Analyzer;

/// Checks each sentence of an answer against passages. A passage supports a sentence when it holds three quarters of its
/// words, stems compared and stop words left out as the passage's language asks for; where it holds half of them, the mean of that share and of the similarity
/// of the sentence and the passage's likeliest sentence (a cosine) has to reach three quarters. A number that the passage
/// does not hold is never supported. This finds what stands nowhere; that a sentence's words stand in a passage does not
/// prove that it says the same. Safe for concurrent callers.
public final class AnswerCheck {
    /// Support from which a sentence counts as supported.
    static final double ENOUGH = 0.75;

    /// Share of words below which no similarity makes up for the others.
    private static final double LEAST_SHARED = 0.5;

    private final Analysis analysis;
    private final Map<Analysis, Analyzer> analyzers = new ConcurrentHashMap<>();
    private final Function<List<String>, List<float[]>> vectors;
    private final Optional<String> unanswerable;

    /// @param unanswerable what is said where nothing is known; it states nothing
    public AnswerCheck(Analysis analysis, Embedder embedder, Optional<String> unanswerable) {
        this(analysis, embedder::embed, unanswerable);
    }

    /// @param vectors of texts, of length 1; none where words alone are compared
    public AnswerCheck(
            Analysis analysis,
            Function<List<String>, List<float[]>> vectors,
            Optional<String> unanswerable) {
        this.analysis = analysis;
        this.vectors = vectors;
        this.unanswerable = unanswerable.map(Terms::folded);
    }

    /// The sentences that state something, in their order.
    ///
    /// @param passages number 1 first
    public List<Statement> statements(String answer, List<Passage> passages) {
        var sources = passages.stream().map(this::source).toList();
        var statements = new ArrayList<Statement>();
        for (var sentence : CitedSentence.all(answer, passages.size())) {
            if (states(sentence, sources) && !isUnanswerable(sentence.text())) {
                statements.add(checked(sentence, sources));
            }
        }
        return statements;
    }

    /// Whether it has a word that means something, in the language of one of the passages, or else its own.
    private boolean states(CitedSentence sentence, List<Source> sources) {
        var languages =
                sources.isEmpty()
                        ? Set.of(
                                analysis == Analysis.AUTO
                                        ? LanguageDetection.of(sentence.text()).orElse(Analysis.ANY)
                                        : analysis)
                        : sources.stream().map(Source::language).collect(Collectors.toSet());
        return languages.stream().anyMatch(each -> !terms(sentence.text(), each).isEmpty());
    }

    private Terms terms(String text, Analysis language) {
        return Terms.of(text, analyzers.computeIfAbsent(language, Analysis::analyzer));
    }

    private boolean isUnanswerable(String sentence) {
        return unanswerable.filter(Terms.folded(sentence)::equals).isPresent();
    }

    private record Found(int number, double support, boolean holdsNumbers) {
        boolean isEnough() {
            return holdsNumbers && support >= ENOUGH;
        }
    }

    private Statement checked(CitedSentence sentence, List<Source> sources) {
        var best =
                sentence.checkedAgainst(sources.size()).stream()
                        .map(number -> found(number, sources.get(number - 1), sentence))
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

    private Found found(int number, Source source, CitedSentence sentence) {
        var terms = terms(sentence.text(), source.language());
        if (terms.isEmpty()) {
            return new Found(number, 0, false);
        }
        double shared = terms.shareIn(source.terms());
        boolean holdsNumbers = terms.numbersAreIn(source.terms());
        boolean isOpen = holdsNumbers && shared >= LEAST_SHARED && shared < ENOUGH;
        var similarity = isOpen ? similarity(sentence.text(), source) : OptionalDouble.empty();
        double support = similarity.isPresent() ? (shared + similarity.getAsDouble()) / 2 : shared;
        return new Found(number, support, holdsNumbers);
    }

    /// The highest cosine with one of the passage's sentences; empty where words alone are compared.
    private OptionalDouble similarity(String sentence, Source source) {
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
    private record Source(Passage passage, Analysis language, Terms terms) {}

    private Source source(Passage passage) {
        var language = analysis.of(passage);
        var text = passage.document() + "\n" + passage.section() + "\n" + passage.text();
        return new Source(passage, language, terms(text, language));
    }
}
