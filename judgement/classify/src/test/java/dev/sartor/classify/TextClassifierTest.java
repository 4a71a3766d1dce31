package dev.sartor.classify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.sartor.core.Json;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;

class TextClassifierTest {
    private static final JsonNode REFERENCE = reference();
    private static final List<String> TEXTS = strings("texts");
    private static final List<String> ASKED = strings("asked");
    private static final int[] LABELS =
            Json.mapper().convertValue(REFERENCE.get("labels"), int[].class);

    /// Of scikit-learn; bench/references/text_classifier.py made it.
    private static JsonNode reference() {
        try (var in = TextClassifierTest.class.getResourceAsStream("/text-classifier.json")) {
            return Json.mapper().readTree(Objects.requireNonNull(in));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> strings(String name) {
        return Arrays.asList(Json.mapper().convertValue(REFERENCE.get(name), String[].class));
    }

    @Test
    void weightsOfWordsAndOfRunsOfCharactersAreThoseOfScikitLearn() {
        for (var each : Map.of("words", Terms.WORDS, "characters", Terms.CHARACTERS).entrySet()) {
            var expected =
                    Json.mapper()
                            .convertValue(
                                    REFERENCE.get("weights").get(each.getKey()),
                                    new TypeReference<List<Map<String, Double>>>() {});
            var tfidf = TfidfVectorizer.fit(each.getValue(), TEXTS, 1, 1_000_000);
            for (int i = 0; i < TEXTS.size(); i++) {
                var row = tfidf.of(TEXTS.get(i), 0);
                var weights = expected.get(i);
                assertThat(row.count()).as(TEXTS.get(i)).isEqualTo(weights.size());
                weights.forEach((term, weight) -> {
                    int place = Objects.requireNonNull(tfidf.place(term), term);
                    int at = Arrays.binarySearch(row.at(), place);
                    assertThat(at).as(term).isNotNegative();
                    assertThat((double) row.values()[at]).as(term).isCloseTo(weight, within(1e-6));
                });
            }
        }
    }

    @Test
    void probabilitiesAreThoseOfScikitLearnsOneAgainstRest() {
        var words = TfidfVectorizer.fit(Terms.WORDS, TEXTS, 1, 1_000_000);
        var characters = TfidfVectorizer.fit(Terms.CHARACTERS, TEXTS, 1, 1_000_000);
        int terms = words.size() + characters.size();
        var rows = TEXTS.stream().map(text -> SparseRow.of(text, words, characters)).toList();
        double strength = REFERENCE.get("strength").asDouble();
        var fitted =
                OneAgainstRest.fit(OneAgainstRest.Rows.of(rows, terms), LABELS, 4, strength, 1);
        for (int i = 0; i < ASKED.size(); i++) {
            var expected =
                    Json.mapper()
                            .convertValue(REFERENCE.get("probabilities").get(i), double[].class);
            var found = fitted.logProbabilities(SparseRow.of(ASKED.get(i), words, characters));
            for (int c = 0; c < expected.length; c++) {
                assertThat(Math.exp(found[c]))
                        .as("%s, class %d", ASKED.get(i), c)
                        .isCloseTo(expected[c], within(0.01));
            }
        }
    }

    @Test
    void theLabelOfATextIsToldByItsWordsAndByWordsThatAreSpeltAlike() {
        var fitted = TextClassifier.fit(TEXTS, LABELS, 4, 1);
        assertThat(likeliest(fitted, "exchange rate")).isEqualTo(2);
        assertThat(likeliest(fitted, "somebody steals, stolen")).isEqualTo(1);
        assertThat(likeliest(fitted, "exchanging rated"))
                .as("runs of characters alone")
                .isEqualTo(2);
        assertThat(Arrays.stream(fitted.logProbabilities("zzz")).map(Math::exp).sum())
                .as("what has no known term still has probabilities")
                .isCloseTo(1, within(1e-9));
        assertThat(fitted.learned()).isEqualTo(TEXTS.size());
    }

    private static int likeliest(TextClassifier classifier, String text) {
        return LogisticRegression.likeliest(classifier.logProbabilities(text));
    }

    @Test
    void theSameSeedGivesTheSameBitsAndLabelsWithoutATextAreTheUnlikeliest() {
        var one = TextClassifier.fit(TEXTS, LABELS, 5, 7).logProbabilities("my card");
        assertThat(TextClassifier.fit(TEXTS, LABELS, 5, 7).logProbabilities("my card"))
                .isEqualTo(one);
        assertThat(Arrays.stream(one).min().orElseThrow()).isEqualTo(one[4]);
    }

    @Test
    void whatIsRareIsLeftOutAndTheMostFrequentTermsStay() {
        var texts = List.of("blue car", "blue sky", "blue sky again");
        assertThat(TfidfVectorizer.fit(Terms.WORDS, texts, 2, 10).size())
                .as("blue, sky, blue sky")
                .isEqualTo(3);
        var one = TfidfVectorizer.fit(Terms.WORDS, texts, 1, 1);
        assertThat(one.size()).isEqualTo(1);
        assertThat(one.place("blue")).isZero();
    }

    @Test
    void aTextIsReadUpToItsLimitAndNoCharacterIsCutInTwo() {
        var most = TextClassifier.MOST_CHARACTERS;
        assertThat(TextClassifier.read("a".repeat(most))).hasSize(most);
        assertThat(TextClassifier.read("a".repeat(most + 1))).hasSize(most);
        assertThat(TextClassifier.read("a".repeat(most - 1) + "🙂🙂"))
                .isEqualTo("a".repeat(most - 1));
        assertThat(TextClassifier.countWords("a card, it's late")).isEqualTo(3);
    }

    @Test
    void theStrengthIsTheOneThatAnswersHeldOutTextsBest() {
        var random = new Random(3);
        var texts = new ArrayList<String>();
        var labels = new int[300];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = random.nextInt(2);
            boolean isNoise = random.nextInt(4) == 0;
            texts.add(
                    (isNoise == (labels[i] == 0) ? "alpha" : "omega") + " n" + random.nextInt(150));
        }
        var fitted = TextClassifier.fit(texts, labels, 2, 1);
        assertThat(fitted.strength())
                .as("a quarter is noise: the most is held back")
                .isEqualTo(0.1);
        assertThat(likeliest(fitted, "omega")).isZero();
        assertThat(likeliest(fitted, "alpha")).isEqualTo(1);
    }

    @Test
    void tooFewTextsOrClassesAreRefused() {
        assertThatThrownBy(() -> TextClassifier.fit(List.of(), new int[0], 2, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[0, 0, 2]");
        assertThatThrownBy(() -> TextClassifier.fit(List.of("a"), new int[] {0}, 1, 1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
