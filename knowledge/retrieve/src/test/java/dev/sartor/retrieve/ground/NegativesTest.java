package dev.sartor.retrieve.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.data.JudgedPassages;
import dev.sartor.retrieve.split.Terms;
import dev.sartor.retrieve.text.Analysis;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class NegativesTest {
    private static final List<String> THINGS =
            List.of("kettle", "notice", "wheel", "brake", "invoice", "battery", "parcel", "helmet");

    private static JudgedPassages pair(String question, String... relevant) {
        return new JudgedPassages(question, List.of(relevant), List.of());
    }

    /// Questions about things, each with passages about its own, some of them written twice in another way.
    private static List<JudgedPassages> questions(SplittableRandom random) {
        var questions = new ArrayList<JudgedPassages>();
        for (int i = 0; i < 40; i++) {
            var thing = THINGS.get(random.nextInt(THINGS.size()));
            int number = random.nextInt(6);
            var own = "The " + thing + " number " + number + " is here.";
            var other = random.nextBoolean() ? own : own.toUpperCase(Locale.ROOT) + "!";
            var asked = "Where is the " + thing + " number " + number;
            questions.add(pair(random.nextBoolean() ? asked : asked + "?", other));
        }
        return JudgedPassages.joined(questions);
    }

    @ParameterizedTest
    @EnumSource(Negatives.From.class)
    void whatAnswersAQuestionOrIsTheSameTextIsNeverDrawnForIt(Negatives.From from) {
        for (int seed = 0; seed < 20; seed++) {
            var questions = questions(new SplittableRandom(seed));
            try (var negatives = new Negatives(questions, Analysis.ENGLISH)) {
                for (var drawn : negatives.drawn(questions, 50, from, seed)) {
                    var asked = Terms.folded(drawn.question());
                    var answers =
                            questions.stream()
                                    .filter(each -> Terms.folded(each.question()).equals(asked))
                                    .flatMap(each -> each.relevant().stream())
                                    .map(Terms::folded)
                                    .toList();
                    assertThat(drawn.irrelevant().stream().map(Terms::folded))
                            .as("seed " + seed + ", " + drawn.question())
                            .isNotEmpty()
                            .doesNotHaveDuplicates()
                            .doesNotContainAnyElementsOf(answers);
                }
            }
        }
    }

    @Test
    void thoseThatShareWordsWithTheQuestionAreDrawnFirst() {
        var questions = new ArrayList<JudgedPassages>();
        for (var thing : THINGS) {
            for (int i = 0; i < 5; i++) {
                questions.add(
                        pair("Who has " + thing + " " + i + "?", thing + " " + i + " is Ann's"));
            }
        }
        try (var negatives = new Negatives(questions, Analysis.ENGLISH)) {
            var near = negatives.drawn(questions, 4, Negatives.From.BM25, 1);
            assertThat(near).allSatisfy(each -> assertThat(each.irrelevant()).hasSize(4));
            assertThat(near).allMatch(NegativesTest::sharesWords);
            var any = negatives.drawn(questions, 4, Negatives.From.RANDOM, 1);
            assertThat(any).anyMatch(each -> !sharesWords(each));
        }
    }

    /// Whether each drawn passage has the question's thing or its number.
    private static boolean sharesWords(JudgedPassages drawn) {
        var asked = List.of(drawn.question().replace("?", "").split(" ", -1));
        return drawn.irrelevant().stream()
                .map(text -> List.of(text.split(" ", -1)))
                .allMatch(words -> asked.contains(words.get(0)) || asked.contains(words.get(1)));
    }

    @Test
    void theSameSeedDrawsTheSameAndAnotherOthers() {
        var questions = questions(new SplittableRandom(1));
        try (var negatives = new Negatives(questions, Analysis.ENGLISH)) {
            var once = negatives.drawn(questions, 3, Negatives.From.BM25, 7);
            assertThat(negatives.drawn(questions, 3, Negatives.From.BM25, 7)).isEqualTo(once);
            assertThat(negatives.drawn(questions, 3, Negatives.From.BM25, 8)).isNotEqualTo(once);
        }
    }

    @Test
    void givenOnesCountAndAreAllKept() {
        var given =
                new JudgedPassages(
                        "Who?",
                        List.of("Ann."),
                        IntStream.range(0, 3).mapToObj(i -> "No " + i).toList());
        var questions = List.of(given, pair("Why?", "So."), pair("When?", "Now."));
        try (var negatives = new Negatives(questions, Analysis.ANY)) {
            assertThat(negatives.drawn(questions, 2, Negatives.From.BM25, 1).getFirst())
                    .isEqualTo(given);
            var more = negatives.drawn(questions, 5, Negatives.From.BM25, 1).getFirst();
            assertThat(more.irrelevant()).containsAll(given.irrelevant()).hasSize(5);
            assertThat(new HashSet<>(more.irrelevant())).contains("So.", "Now.");
            assertThat(negatives.drawn(questions, 0, Negatives.From.RANDOM, 1))
                    .isEqualTo(questions);
        }
    }
}
