package dev.sartor.curate.quality;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.work.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What can only be told of a row beside the others: how texts end, and which lines they share.
class SetHabitsTest {
    private static final String WHOLE =
            "Order %d has left our warehouse in Linz this morning, and it should be with you by tomorrow evening.";

    private static List<String> answers(int count) {
        return new ArrayList<>(IntStream.range(0, count).mapToObj(WHOLE::formatted).toList());
    }

    private static TruncatedTexts of(List<String> texts) {
        return TruncatedTexts.of(texts.size(), texts::get, Progress.silent());
    }

    @Test
    void aTextThatStopsWithinASentenceIsFoundWhereTheOthersDoNot() {
        var texts = answers(100);
        texts.set(
                7,
                "Order 7 has left our warehouse in Linz this morning, and it should be with you by tomorrow eve");
        var ends = of(texts);
        assertThat(ends.finding(texts.get(7)).orElseThrow().said())
                .isEqualTo("ends within a sentence, where 99 % of the texts end with one");
        assertThat(ends.finding(texts.get(8))).isEmpty();
        assertThat(ends.finding("card not working")).isEmpty();
    }

    @Test
    void aTextThatEndsWithAnAddressIsNotCut() {
        var ends = of(answers(100));
        var text =
                "You find the form for a parcel that has not come, and the hours of all our shops, at https://example.org/parcel";
        assertThat(ends.finding(text)).isEmpty();
        assertThat(ends.finding(text.replace("https://example.org/parcel", "the"))).isPresent();
    }

    /// One in twenty leaves out the full stop: only a comma or an article at the end tells that something is missing.
    @Test
    void amongPeopleWhoTypeAMissingFullStopSaysNothing() {
        var texts = answers(100);
        var typed = WHOLE.formatted(1).replace(".", "");
        for (int i = 0; i < 5; i++) {
            texts.set(i, typed);
        }
        assertThat(of(texts).finding(typed)).isEmpty();
        assertThat(of(texts).finding(typed + " and the")).isPresent();
        assertThat(of(texts).finding(typed + ",")).isPresent();
    }

    @Test
    void titlesEndWithoutAFullStopAndAreNotCut() {
        var titles =
                IntStream.range(0, 100)
                        .mapToObj(i ->
                                "How to return the keys of a rented flat on the last day of a contract, part "
                                        + i
                                        + " of all")
                        .toList();
        assertThat(titles).allMatch(each -> of(titles).finding(each).isEmpty());
    }

    @Test
    void textsThatAllEndAtOneLengthWereCut() {
        var texts = new ArrayList<String>();
        for (int i = 0; i < 100; i++) {
            var text =
                    (WHOLE.formatted(i) + " ").repeat(1 + i % 4)
                            + "Please call "
                            + "a".repeat(i)
                            + " if it has not come";
            texts.add(text.substring(0, Math.min(text.length(), 300)));
        }
        var cut =
                texts.stream()
                        .filter(each -> each.length() == 300 && !Endings.isProper(each))
                        .findFirst()
                        .orElseThrow();
        assertThat(of(texts).finding(cut).orElseThrow().said()).contains("at 300 characters");
    }

    @Test
    void whatIsOpenedAndNotClosedIsAnEndToo() {
        var ends = of(answers(5)); // too few to know how texts end
        assertThat(ends.finding("Here is the code:\n```python\nprint(1)\n").orElseThrow().said())
                .contains("code fence");
        assertThat(ends.finding("Here is the code:\n```python\nprint(1)\n```\n")).isEmpty();
        var open =
                "He told us that the delivery (the one with the two brake pads and the long cable, which had left Linz by noon";
        assertThat(ends.finding(open).orElseThrow().said()).contains("not closed");
        assertThat(ends.finding(open + ") came.")).isEmpty();
        assertThat(
                        ends.finding(
                                "It was late :( and then it rained on the boxes, which were standing outside of the house all night"))
                .isEmpty();
        assertThat(Endings.unclosed("Er sagte »so« und „so“ und “so” und \"so\", 5\" breit"))
                .isZero();
        assertThat(Endings.unclosed("\"so")).isEqualTo(1);
    }

    @Test
    void linesThatManyTextsHaveAreFoundAndTakenOut() {
        var texts =
                IntStream.range(0, 200)
                        .mapToObj(i ->
                                i % 2 == 0
                                        ? WHOLE.formatted(i)
                                                + "\nMorrow & Sons, 12 Dock Road, Linz\n"
                                        : WHOLE.formatted(i) + "\nYours, Ann " + i)
                        .toList();
        var common = CommonLines.of(texts.size(), texts::get, 0.1, Progress.silent());
        assertThat(common.count()).isEqualTo(1);
        assertThat(common.without(texts.get(4))).contains(WHOLE.formatted(4) + "\n");
        assertThat(common.without(texts.get(5))).isEmpty();
        assertThat(common.finding(texts.get(4))).isEmpty();
        assertThat(common.finding("Hi,\nMorrow & Sons, 12 Dock Road, Linz")).isPresent();
    }

    @Test
    void aMillionEqualRowsAreNoCommonLine() {
        assertThat(
                        CommonLines.of(100_000, _ -> "the same single line", 0.1, Progress.silent())
                                .count())
                .isZero();
    }
}
