package dev.sartor.retrieve.ground;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Passage;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ContextPackingTest {
    private static final long SEED = 20260314;

    private static Question question(int words, int answer) {
        return new Question(
                "q",
                List.of(Message.user("why ".repeat(words).strip())),
                new AnswerForm.FreeText(answer),
                Sampling.greedy(),
                Principal.local());
    }

    private static Passage passage(String text) {
        return new Passage("p", "d", "", text, 1, Readers.everyone());
    }

    private static String text(Random random) {
        var text = new StringBuilder();
        for (int sentence = random.nextInt(1, 6); sentence > 0; sentence--) {
            text.append("Word").append(" word".repeat(random.nextInt(12))).append(". ");
        }
        return text.toString().strip();
    }

    @Test
    void nothingEverOverflowsAndNothingIsCutWithoutAMark() {
        var random = new Random(SEED);
        int cut = 0;
        int partly = 0;
        for (int round = 0; round < 3000; round++) {
            var model = new EchoModel(random.nextInt(20, 120));
            var question = question(random.nextInt(1, 8), random.nextInt(1, 10));
            var found = new ArrayList<Passage>();
            for (int i = random.nextInt(5); i > 0; i--) {
                found.add(passage(text(random)));
            }
            var placed = new ContextPacking(EchoModel.GROUNDING, model).place(question, found);
            assertThat(model.room(placed.question()).orElseThrow())
                    .as("round %d of seed %d", round, SEED)
                    .isNotNegative();
            assertThat(placed.passages().size() + placed.leftOut()).isEqualTo(found.size());
            if (placed.isCut()) {
                cut++;
                var whole = found.getFirst().text();
                var shown = placed.passages().getFirst().text();
                assertThat(whole)
                        .startsWith(
                                shown.substring(0, shown.length() - ContextPacking.CUT.length()));
                assertThat(shown).endsWith("." + ContextPacking.CUT);
            } else {
                assertThat(placed.passages()).isEqualTo(found.subList(0, placed.passages().size()));
                partly += placed.leftOut() > 0 && !placed.passages().isEmpty() ? 1 : 0;
                var one = new ArrayList<>(placed.passages());
                if (placed.leftOut() > 0) {
                    one.add(found.get(one.size()));
                    var more = EchoModel.GROUNDING.ground(question, one);
                    assertThat(model.room(more).orElseThrow()).as("one more fits").isNegative();
                }
            }
        }
        assertThat(cut).isGreaterThan(50);
        assertThat(partly).isGreaterThan(300);
    }

    @Test
    void aModelThatCannotCountGetsAllPassages() {
        var question =
                new Question(
                        "q",
                        List.of(Message.user("why")),
                        new AnswerForm.OneOf(List.of("a", "b")),
                        Sampling.greedy(),
                        Principal.local());
        var found = List.of(passage("One two three."), passage("Four."));
        var placed =
                new ContextPacking(EchoModel.GROUNDING, new EchoModel(2)).place(question, found);
        assertThat(placed.passages()).isEqualTo(found);
    }
}
