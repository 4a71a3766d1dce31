package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelMatchTest {
    private static final List<String> LABELS = List.of("card_arrival", "lost card");

    @Test
    void anAnswerSaysALabelWhateverItsCaseSpaceAndPunctuation() {
        var match = LabelMatch.among(LABELS);
        assertThat(match.label("card_arrival")).contains("card_arrival");
        assertThat(match.label(" Card-Arrival!\n")).contains("card_arrival");
        assertThat(match.label("LOSTCARD")).contains("lost card");
    }

    @Test
    void anAnswerThatSaysMoreThanTheLabelSaysNone() {
        var match = LabelMatch.among(LABELS);
        assertThat(match.label("The answer is lost card")).isEmpty();
        assertThat(match.label("lost card or card_arrival")).isEmpty();
        assertThat(match.label("")).isEmpty();
    }

    @Test
    void labelsThatFoldToTheSameMustBeSaidToTheLetter() {
        var match = LabelMatch.among(List.of("C", "C#", "C++"));
        assertThat(match.label("C#")).contains("C#");
        assertThat(match.label(" C ")).contains("C");
        assertThat(match.label("c")).isEmpty();
        assertThat(match.label("c++")).contains("C++");
    }

    @Test
    void labelsOfPunctuationAreToldApart() {
        var match = LabelMatch.among(List.of("?", "!"));
        assertThat(match.label("?")).contains("?");
        assertThat(match.label("!")).contains("!");
        assertThat(match.label(".")).isEmpty();
    }

    @Test
    void theConfusionMatrixKeepsFormatErrorsApart() {
        var matrix =
                ConfusionMatrix.of(
                        LABELS,
                        List.of(
                                prediction("Card arrival", "card_arrival"),
                                prediction("lost card", "card_arrival"),
                                prediction("no idea", "card_arrival"),
                                prediction("lost card", "lost card")));
        assertThat(matrix.counts()).containsExactly(List.of(1, 1), List.of(0, 1));
        assertThat(matrix.noLabel()).containsExactly(1, 0);
        assertThat(matrix.formatErrors()).isEqualTo(1);
    }

    @Test
    void aReferenceThatIsNoLabelIsOurDefect() {
        var wrong = List.of(prediction("lost card", "found card"));
        assertThatThrownBy(() -> ConfusionMatrix.of(LABELS, wrong))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.DEFECT));
    }

    @Test
    void aPredictionCarriesItsExamplesReferences() {
        var example =
                new Example(
                        "q1",
                        List.of(Message.user("When?")),
                        List.of("in 1999", "1999"),
                        Readers.everyone(),
                        new Origin("test.jsonl", 1));
        var prediction = Prediction.of(example, "1999");
        assertThat(prediction.reference()).isEqualTo("in 1999");
        assertThat(Metric.named("exact_match").aggregate(List.of(prediction))).isEqualTo(1);
        assertThatThrownBy(() -> new Prediction("q", "a", List.of()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static Prediction prediction(String answer, String reference) {
        return new Prediction("x", answer, List.of(reference));
    }
}
