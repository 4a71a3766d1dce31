package dev.sartor.synthesis.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WrittenWordsTest {
    @Test
    void timesPartNumbersAndShortenedWordsAreOneWordEach() {
        assertThat(WrittenWords.of("At 16:00 the A-312 doesn’t weigh 2.5 kg, or 3 %.").words())
                .extracting(WrittenWords.Word::text)
                .containsExactly(
                        "at", "16:00", "a-312", "doesn't", "weigh", "2.5", "kg", "or", "3", "%");
    }

    @Test
    void placesAreThoseOfAllWordsInARow() {
        var text = WrittenWords.of("the red dock, a red boat and red dock");

        assertThat(text.places(WrittenWords.of("The red dock"))).containsExactly(0, 5);
        assertThat(text.places(WrittenWords.of("red red"))).isEmpty();
        assertThat(text.places(WrittenWords.of("the"))).isEmpty();
    }

    @Test
    void runsAndWordsInOrderAreCounted() {
        var one = WrittenWords.of("Anyone may use the rinse by the ramp for six minutes");
        var other = WrittenWords.of("Anyone may use the rinse by the ramp for how many minutes?");

        assertThat(one.longestRun(other)).isEqualTo(7);
        assertThat(one.commonInOrder(other)).isEqualTo(8);
    }
}
