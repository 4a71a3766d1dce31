package dev.sartor.synthesis.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AnswerEdgesTest {
    private static AnswerEdges edges(String text, String answer, String question) {
        var words = WrittenWords.of(text);
        var found = WrittenWords.of(answer);
        int first = words.places(found).getFirst();
        return AnswerEdges.of(
                text, words, first, first + found.size() - 1, WrittenWords.of(question));
    }

    @Test
    void aNumberWithoutWhatIsCountedIsCut() {
        var text = "The fuse takes 5 amperes and lasts.";

        assertThat(edges(text, "5", "Which fuse?").isNumberCut()).isTrue();
        assertThat(edges(text, "5 amperes", "Which fuse?").isNumberCut()).isFalse();
        assertThat(edges(text, "5", "How many amperes?").isNumberCut()).isFalse();
    }

    @Test
    void aYearIsNoCount() {
        assertThat(edges("In 1984 students marched.", "1984", "When?").isNumberCut()).isFalse();
    }

    @Test
    void oneOfSeveralIsListed() {
        var text = "The dock opens on Monday, Tuesday and Friday at nine.";

        assertThat(edges(text, "Monday", "When?").isListed()).isTrue();
        assertThat(edges(text, "Friday", "When?").isListed()).isTrue();
        assertThat(edges(text, "Monday, Tuesday and Friday", "When?").isListed()).isFalse();
    }

    @Test
    void aPhraseThatEndsWithAnOpenWordIsOpen() {
        var text = "KMX stands for kilometres beyond the allowance.";

        assertThat(edges(text, "kilometres beyond", "KMX?").endsOpen()).isTrue();
        assertThat(edges(text, "kilometres beyond the allowance", "KMX?").endsOpen()).isFalse();
    }

    @Test
    void aWordThatFollowsWithoutASignGoesOn() {
        var text = "Take the green envelope. Bring it to us.";

        assertThat(edges(text, "green", "What?").goesOn()).isTrue();
        assertThat(edges(text, "green envelope", "What?").goesOn()).isFalse();
        assertThat(edges(text, "envelope", "What?").comesFrom()).isTrue();
    }
}
