package dev.sartor.synthesis.check;

import dev.sartor.core.Embedder;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.evaluate.ReferenceInPassage;
import dev.sartor.retrieve.text.Analysis;
import dev.sartor.retrieve.text.WordForms;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What can be measured of a pair and the passage that it is said to rest on, without a language model: whether the passage has the
/// answer, whole and in a sentence that is about the question, and whether it is the one that knows what the question names.
public final class PairFeatures {
    /// Words that point to something said elsewhere.
    private static final Pattern POINTING =
            Pattern.compile(
                    "(?i)\\b(it|its|they|them|their|he|she|him|his|her|this|these|those|there|then|former|latter|same|aforementioned"
                            + "|mentioned|passage|text|above|below|es|er|sie|dies\\w*|dort|dieser)\\b");

    /// Words by which a question names something by what is said of it.
    private static final Pattern DESCRIBING =
            Pattern.compile("(?i)(?<!^)\\b(that|which|whose|who|where|whom)\\b");

    private static final Pattern COMPARING =
            Pattern.compile(
                    "(?i)\\b(more|less|fewer|than|difference|compared|altogether|total|together|sum|combined|both|also|another|as (much|many|long|old|far))\\b");

    /// Words by which a question asks for several things.
    private static final Pattern SEVERAL =
            Pattern.compile(
                    "(?i)\\b(two|three|four|five|both|all|several|list|name the|what are|who are|which are|what were|who were)\\b|\\b(what|which) (\\w+ )?\\w+[^s\\W]s (are|were|do|did|have|can|must|should|may|need|does)\\b");

    private static final Pattern NAMED =
            Pattern.compile("(?<=[\\p{L}\\p{N},] )\\p{Lu}[\\p{L}-]+|\\d+");

    private final Passages passages;
    private final WordForms forms;
    private final Embedder embedder;
    private final Map<Integer, Sentences> sentences = new HashMap<>();

    public PairFeatures(Passages passages, WordForms forms, Embedder embedder) {
        this.passages = passages;
        this.forms = forms;
        this.embedder = embedder;
    }

    private record Sentences(List<String> texts, List<float[]> vectors) {}

    /// In the claims' order.
    public List<Features> of(List<Claim> claims) {
        var questions =
                embedder.embedQueries(claims.stream().map(each -> each.pair().question()).toList());
        var both =
                embedder.embed(
                        claims.stream()
                                .map(each -> each.pair().question() + " " + each.pair().answer())
                                .toList());
        var found = new ArrayList<Features>();
        for (int i = 0; i < claims.size(); i++) {
            found.add(new Measuring(claims.get(i), questions.get(i), both.get(i)).all());
        }
        return found;
    }

    private Sentences sentences(int passage) {
        return sentences.computeIfAbsent(
                passage,
                _ -> {
                    var texts = WordForms.sentences(passages.chunk(passage).text());
                    return new Sentences(texts, embedder.embed(texts));
                });
    }

    /// One claim's.
    private final class Measuring {
        private final Pair pair;
        private final int passage;
        private final float[] question;
        private final float[] both;
        private final String text;
        private final Analysis language;
        private final WrittenWords asked;
        private final WrittenWords answer;
        private final WrittenWords words;
        private final Map<String, Double> features = new LinkedHashMap<>();

        Measuring(Claim claim, float[] question, float[] both) {
            this.pair = claim.pair();
            this.passage = claim.passage();
            this.question = question;
            this.both = both;
            this.text = passages.chunk(passage).text();
            this.language = passages.language(passage);
            this.asked = WrittenWords.of(pair.question());
            this.answer = WrittenWords.of(pair.answer());
            this.words = WrittenWords.of(text);
        }

        Features all() {
            var own = sentences(passage);
            int sentence = sentenceOfAnswer(own);
            answerFeatures(own, sentence);
            copyFeatures(own);
            termFeatures(own, sentence);
            meaningFeatures(own, sentence);
            wordingFeatures();
            return new Features(features);
        }

        private void put(String name, double value) {
            features.put(name, value);
        }

        private void put(String name, boolean holds) {
            features.put(name, holds ? 1.0 : 0.0);
        }

        /// The one with the answer that is nearest to the question, else the one with the most of its words.
        private int sentenceOfAnswer(Sentences own) {
            int best = 0;
            double highest = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < own.texts().size(); i++) {
                var in = WrittenWords.of(own.texts().get(i));
                double has =
                        in.places(answer).isEmpty()
                                ? in.commonInOrder(answer) / (1.0 + answer.size())
                                : 1;
                double score = has + VectorProducts.product(question, own.vectors().get(i)) / 10;
                if (score > highest) {
                    highest = score;
                    best = i;
                }
            }
            return best;
        }

        private void answerFeatures(Sentences own, int sentence) {
            var in = own.texts().isEmpty() ? "" : own.texts().get(sentence);
            var inWords = WrittenWords.of(in);
            var places = inWords.places(answer);
            boolean isFound = !words.places(answer).isEmpty();
            put("answer_stands", isFound);
            put(
                    "answer_said",
                    ReferenceInPassage.isIn(
                            passages.chunk(passage).indexed(), List.of(pair.answer())));
            put("answer_words", share(terms(pair.answer()), passage));
            put(
                    "answer_in_order",
                    answer.size() == 0 ? 0 : (double) words.commonInOrder(answer) / answer.size());
            put("answer_in_question", shareIn(terms(pair.answer()), terms(pair.question())));
            put("answer_length", Math.log1p(answer.size()));
            put("answer_sentences", Math.min(4, WordForms.sentences(pair.answer()).size()) - 1.0);
            put(
                    "answer_of_passage",
                    words.size() == 0 ? 0 : Math.min(1, (double) answer.size() / words.size()));
            var edges =
                    places.isEmpty()
                            ? AnswerEdges.NONE
                            : AnswerEdges.of(
                                    in,
                                    inWords,
                                    places.getFirst(),
                                    places.getFirst() + answer.size() - 1,
                                    asked);
            put("number_cut", edges.isNumberCut());
            put("ends_open", edges.endsOpen());
            put("goes_on", edges.goesOn());
            put("comes_from", edges.comesFrom());
            put("listed", edges.isListed());
            put("name_cut", edges.isNameCut());
            boolean asksSeveral = SEVERAL.matcher(pair.question()).find();
            put("asks_several", asksSeveral);
            put("one_of_several", asksSeveral && edges.isListed());
            put(
                    "number_cut_of_number",
                    edges.isNumberCut() && QuestionKind.of(pair.question()) == QuestionKind.NUMBER);
            put(
                    "sentence_of_answer",
                    inWords.size() == 0 ? 0 : Math.min(1, (double) answer.size() / inWords.size()));
        }

        private void copyFeatures(Sentences own) {
            double same = 0;
            double run = 0;
            double of = 0;
            for (var each : own.texts()) {
                var in = WrittenWords.of(each);
                int common = in.commonInOrder(asked);
                same = Math.max(same, common);
                run = Math.max(run, in.longestRun(asked));
                of = Math.max(of, in.size() < 5 ? 0 : (double) common / in.size());
            }
            double size = Math.max(1, asked.size());
            put("copied", same / size);
            put("copied_run", run / size);
            put("copied_run_words", Math.min(15, run));
            put("copied_of_sentence", of);
        }

        private void termFeatures(Sentences own, int sentence) {
            var wanted = new LinkedHashSet<>(terms(pair.question()));
            double all = 0;
            double unknown = 0;
            double missing = 0;
            double heaviest = 0;
            for (var term : wanted) {
                double weight = passages.weight(term);
                all += weight;
                if (!passages.isKnown(term)) {
                    unknown += weight;
                } else if (!passages.has(passage, term)) {
                    missing += weight;
                    heaviest = Math.max(heaviest, weight);
                }
            }
            double whole = Math.max(1e-9, all);
            var covered = passages.covered(wanted);
            double other = 0;
            for (int i = 0; i < covered.length; i++) {
                other = i == passage ? other : Math.max(other, covered[i]);
            }
            var heading = passages.chunk(passage).indexed().lines().findFirst().orElse("");
            var near = new LinkedHashSet<>(terms(heading));
            if (!own.texts().isEmpty()) {
                near.addAll(terms(own.texts().get(sentence)));
            }
            double inSentence =
                    wanted.stream().filter(near::contains).mapToDouble(passages::weight).sum();
            var toAnswer = proximity(wanted, whole);
            put("proximity", toAnswer.near());
            put("proximity_less_other", toAnswer.lessOther());
            put("nearer_answers", toAnswer.better());
            put("covered", covered[passage] / whole);
            put("covered_by_sentence", inSentence / whole);
            put("covered_less_other", (covered[passage] - other) / whole);
            put("missing_elsewhere", missing / whole);
            put("missing_heaviest", heaviest / Math.log(1 + passages.size() / 1.5));
            put("unknown", unknown / whole);
            put("names_missing", namesMissing());
        }

        private Proximity proximity(Set<String> wanted, double whole) {
            var answers = words.places(answer);
            if (answers.isEmpty()) {
                return Proximity.NONE;
            }
            var numbers = new HashMap<Integer, Integer>();
            for (int i = 0; i < words.size(); i++) {
                numbers.put(words.words().get(i).start(), i);
            }
            var places = new LinkedHashMap<String, List<Integer>>();
            for (var word : forms.words(text, language)) {
                if (wanted.contains(word.form()) && numbers.containsKey(word.start())) {
                    places.computeIfAbsent(word.form(), _ -> new ArrayList<>())
                            .add(numbers.get(word.start()));
                }
            }
            return Proximity.of(
                    text,
                    words,
                    answers,
                    answer.size(),
                    new Proximity.Terms(places, passages::weight, whole));
        }

        /// Names and numbers of the question that the passage does not have, its headings included; three at most.
        private double namesMissing() {
            int missing = 0;
            var names = NAMED.matcher(pair.question());
            while (names.find()) {
                missing +=
                        terms(names.group()).stream().allMatch(term -> passages.has(passage, term))
                                ? 0
                                : 1;
            }
            return Math.min(3, missing);
        }

        private void meaningFeatures(Sentences own, int sentence) {
            double toSentence =
                    own.texts().isEmpty()
                            ? 0
                            : VectorProducts.product(question, own.vectors().get(sentence));
            double otherSentence = 0;
            for (int i = 0; i < own.texts().size(); i++) {
                otherSentence =
                        i == sentence
                                ? otherSentence
                                : Math.max(
                                        otherSentence,
                                        VectorProducts.product(question, own.vectors().get(i)));
            }
            double toPassage = VectorProducts.product(question, passages.vector(passage));
            double otherPassage = -1;
            int better = 0;
            for (int i = 0; i < passages.size(); i++) {
                double near =
                        i == passage ? -1 : VectorProducts.product(question, passages.vector(i));
                otherPassage = Math.max(otherPassage, near);
                better += near > toPassage ? 1 : 0;
            }
            put("near_sentence", toSentence);
            put("near_passage", toPassage);
            put("near_sentence_less_other", toSentence - otherSentence);
            put("near_passage_less_other", toPassage - otherPassage);
            put("nearer_passages", Math.log1p(better));
            put("with_answer", VectorProducts.product(both, passages.vector(passage)) - toPassage);
            put(
                    "with_answer_sentence",
                    own.texts().isEmpty()
                            ? 0
                            : VectorProducts.product(both, own.vectors().get(sentence))
                                    - toSentence);
        }

        private void wordingFeatures() {
            var asks = pair.question();
            put("pointing", POINTING.matcher(asks).find());
            put("describing", Math.min(3, (int) DESCRIBING.matcher(asks).results().count()));
            put("comparing", COMPARING.matcher(asks).find());
            put("question_length", Math.log1p(asked.size()));
            var kind = QuestionKind.of(asks);
            put("kind_missed", kind.isMissedBy(pair.answer()));
            for (var each : QuestionKind.values()) {
                put("asks_" + each.key(), each == kind);
            }
            put(
                    "value_not_asked",
                    kind != QuestionKind.NUMBER
                            && kind != QuestionKind.TIME
                            && answer.size() <= 3
                            && !QuestionKind.NUMBER.isMissedBy(pair.answer()));
        }

        private Set<String> terms(String some) {
            var terms = new LinkedHashSet<String>();
            forms.words(some, language).forEach(word -> terms.add(word.form()));
            return terms;
        }

        private double share(Set<String> some, int of) {
            return some.isEmpty()
                    ? 1
                    : (double) some.stream().filter(term -> passages.has(of, term)).count()
                            / some.size();
        }

        private static double shareIn(Set<String> some, Set<String> others) {
            return some.isEmpty()
                    ? 0
                    : (double) some.stream().filter(others::contains).count() / some.size();
        }
    }
}
