package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.SartorException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class MetricTest {
    /// Nothing here is approximate: only the order of a few additions differs.
    private static final Offset<Double> EXACT = within(1e-9);

    private static final JsonNode OURS = Reference.read("metrics.json");
    private static final JsonNode MORE = Reference.read("more.json");

    @ParameterizedTest
    @ValueSource(strings = {"bleu", "chrf", "rouge1", "rouge2", "rougeL"})
    void everyTextScoresWhatTheFieldsToolGives(String name) {
        var rows = OURS.get("texts");
        var predictions = new ArrayList<Prediction>();
        rows.forEach(row -> predictions.add(pair(row)));
        var scores = Metric.named(name).perExample(predictions);
        for (int i = 0; i < scores.length; i++) {
            assertThat(scores[i] * scale(name))
                    .as("%s of %s", name, rows.get(i))
                    .isCloseTo(rows.get(i).get(name).asDouble(), EXACT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"bleu", "chrf", "rouge1", "rouge2", "rougeL", "exact_match", "token_f1"})
    void hardTextsWithSeveralReferencesScoreTheSameToo(String name) {
        var rows = MORE.get("texts").get("rows");
        var scores = Metric.named(name).perExample(hardPredictions());
        for (int i = 0; i < scores.length; i++) {
            assertThat(scores[i] * scale(name))
                    .as("%s of %s", name, rows.get(i))
                    .isCloseTo(rows.get(i).get(name).asDouble(), EXACT);
        }
    }

    @Test
    void aCorpusScoresAsOneAndNotAsTheMeanOfItsSentences() {
        var predictions = new ArrayList<Prediction>();
        OURS.get("texts").forEach(row -> predictions.add(pair(row)));
        assertThat(Bleu.corpus(predictions))
                .isCloseTo(OURS.get("corpus_bleu_13a").asDouble(), EXACT);
        assertThat(Chrf.corpus(predictions)).isCloseTo(OURS.get("corpus_chrf").asDouble(), EXACT);
        assertThat(Metric.named("bleu").aggregate(hardPredictions()) * 100)
                .isCloseTo(MORE.get("texts").get("corpus_bleu").asDouble(), EXACT);
        assertThat(Metric.named("chrf").aggregate(hardPredictions()) * 100)
                .isCloseTo(MORE.get("texts").get("corpus_chrf").asDouble(), EXACT);
    }

    @Test
    void classesScoreWhatScikitLearnGives() {
        var classes = OURS.get("classes");
        var predictions = Reference.predictions(classes.get("predicted"), classes.get("reference"));
        assertThat(Metric.named("macro_f1").aggregate(predictions))
                .isCloseTo(classes.get("macro_f1").asDouble(), EXACT);
        assertThat(Metric.named("matthews").aggregate(predictions))
                .isCloseTo(classes.get("matthews").asDouble(), EXACT);
    }

    @Test
    void aFormatErrorIsWrongButNoClassOfItsOwnWhereTheLabelsAreKnown() {
        var classes = MORE.get("classes");
        var labels = Reference.texts(classes.get("labels"));
        var predictions = Reference.predictions(classes.get("answer"), classes.get("reference"));
        assertThat(Metric.named("macro_f1", labels).aggregate(predictions))
                .isCloseTo(classes.get("macro_f1_of_labels").asDouble(), EXACT);
        assertThat(Metric.named("macro_f1").aggregate(predictions))
                .isCloseTo(classes.get("macro_f1_of_all").asDouble(), EXACT);
        assertThat(Metric.named("matthews", labels).aggregate(predictions))
                .isCloseTo(classes.get("matthews").asDouble(), EXACT);
    }

    @Test
    void accuracyFoldsCaseSpaceAndPunctuationAndNothingElse() {
        var accuracy = Metric.named("accuracy", List.of("card_arrival", "lost card"));
        assertThat(
                        accuracy.perExample(
                                List.of(
                                        prediction("Card arrival.", "card_arrival"),
                                        prediction("“LOST  CARD”\n", "lost card"),
                                        prediction("The label is lost card", "lost card"),
                                        prediction("card_arrival", "lost card"),
                                        prediction("", "lost card"))))
                .containsExactly(1, 1, 0, 0, 0);
        assertThat(accuracy.isBinary()).isTrue();
    }

    @Test
    void exactMatchFollowsSquadsNormalisation() {
        var metric = Metric.named("exact_match");
        assertThat(
                        metric.perExample(
                                List.of(
                                        prediction("The Eiffel-Tower!", "eiffeltower"),
                                        prediction(" in  a box", "in box"),
                                        prediction("anthem", "them"),
                                        prediction("the", "a"),
                                        prediction("I don't know.", "i dont know"))))
                .containsExactly(1, 1, 0, 1, 1);
    }

    @Test
    void tokenF1OfNothingIsEquality() {
        assertThat(
                        Metric.named("token_f1")
                                .perExample(
                                        List.of(
                                                prediction("", "the"),
                                                prediction("", "box"),
                                                prediction("a box", "the"))))
                .containsExactly(1, 0, 0);
    }

    @Test
    void anEmptyAnswerScoresNothingAndBreaksNothing() {
        var empty = List.of(prediction("", "some text here"));
        for (var name : List.of("accuracy", "exact_match", "token_f1", "bleu", "chrf", "rougeL")) {
            assertThat(Metric.named(name).aggregate(empty)).as(name).isZero();
        }
        assertThat(Metric.named("macro_f1").aggregate(empty)).isZero();
        assertThat(Metric.named("matthews").aggregate(empty)).isZero();
    }

    @Test
    void aPerfectAnswerScoresOne() {
        var perfect =
                List.of(
                        prediction("the quick brown fox jumps", "the quick brown fox jumps"),
                        prediction("one two three four", "one two three four"));
        for (var name : Metric.names()) {
            assertThat(Metric.named(name).aggregate(perfect)).as(name).isCloseTo(1, EXACT);
        }
    }

    @Test
    void onlyMeansAreMeansOfTheirExamples() {
        var predictions = hardPredictions();
        for (var name : Metric.names()) {
            var metric = Metric.named(name);
            if (metric.isMean()) {
                double sum = 0;
                for (double value : metric.perExample(predictions)) {
                    sum += value;
                }
                assertThat(metric.aggregate(predictions))
                        .as(name)
                        .isCloseTo(sum / predictions.size(), EXACT);
            }
        }
        assertThat(Metric.named("bleu").isMean()).isFalse();
        assertThat(Metric.named("macro_f1").isMean()).isFalse();
    }

    @Test
    void anUnknownMetricNamesTheNearest() {
        assertThatThrownBy(() -> Metric.named("acuracy"))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("unknown metric 'acuracy'; known are accuracy, macro_f1")
                .hasMessageEndingWith("Did you mean 'accuracy'?");
    }

    @Test
    void noAnswersHaveNoFigure() {
        var metric = Metric.named("accuracy");
        assertThatThrownBy(() -> metric.aggregate(List.of()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("at least one answered example");
    }

    @Test
    void precisionAndRecallAreToldOfEachLabel() {
        var said = List.of("a", "a", "b", "nothing", "a");
        var right = List.of("a", "b", "b", "b", "a");
        var predictions =
                IntStream.range(0, 5)
                        .mapToObj(i -> new Prediction("q" + i, said.get(i), List.of(right.get(i))))
                        .toList();
        assertThat(ConfusionMatrix.of(List.of("a", "b", "c"), predictions).perLabel())
                .containsExactly(
                        new ConfusionMatrix.OfLabel("a", 2, Optional.of(2 / 3.0), Optional.of(1.0)),
                        new ConfusionMatrix.OfLabel("b", 3, Optional.of(1.0), Optional.of(1 / 3.0)),
                        new ConfusionMatrix.OfLabel("c", 0, Optional.empty(), Optional.empty()));
    }

    @Test
    void everyMetricIsItsName() {
        assertThat(Metric.names())
                .hasSize(12)
                .allSatisfy(name -> {
                    assertThat(Metric.named(name).name()).isEqualTo(name);
                    assertThat(Metric.named(name)).hasToString(name);
                });
    }

    private static double scale(String name) {
        return name.equals("bleu") || name.equals("chrf") ? 100 : 1;
    }

    private static Prediction prediction(String answer, String reference) {
        return new Prediction("x", answer, List.of(reference));
    }

    private static Prediction pair(JsonNode row) {
        return prediction(row.get("hypothesis").asString(), row.get("reference").asString());
    }

    private static List<Prediction> hardPredictions() {
        var predictions = new ArrayList<Prediction>();
        MORE.get("texts")
                .get("rows")
                .forEach(row ->
                        predictions.add(
                                new Prediction(
                                        "x" + predictions.size(),
                                        row.get("answer").asString(),
                                        Reference.texts(row.get("references")))));
        return predictions;
    }
}
