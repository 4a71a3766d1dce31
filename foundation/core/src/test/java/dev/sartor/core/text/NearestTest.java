package dev.sartor.core.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
    private static final List<String> KEYS = List.of("rank", "learning_rate", "alpha");

    @Test
    void aMistypedNameFindsTheOneItMeant() {
        assertThat(Nearest.to("learning_rte", KEYS)).contains("learning_rate");
        assertThat(Nearest.to("Rank ", KEYS)).contains("rank");
        assertThat(Nearest.to("aplha", KEYS)).contains("alpha");
    }

    @Test
    void aNameUnlikeAllOthersFindsNone() {
        assertThat(Nearest.to("temperature", KEYS)).isEmpty();
        assertThat(Nearest.hint("temperature", KEYS)).isEmpty();
    }

    @Test
    void theHintIsASentence() {
        assertThat(Nearest.hint("alpa", KEYS)).isEqualTo(" Did you mean 'alpha'?");
    }

    @Test
    void aShortNameMayLackOneLetterAndNoMore() {
        assertThat(Nearest.to("rnk", KEYS)).contains("rank");
        assertThat(Nearest.to("ranks", List.of("rank"))).contains("rank");
        assertThat(Nearest.to("rk", KEYS)).isEmpty();
    }

    @Test
    void aNameOfFiveLettersMayHaveTwoWrongOnes() {
        assertThat(Nearest.to("axxha", KEYS)).contains("alpha");
        assertThat(Nearest.to("axxxa", KEYS)).isEmpty();
    }

    @Test
    void twoLettersThatChangedPlacesAreOneEditAndFourAreTwo() {
        assertThat(Nearest.to("rnak", KEYS)).contains("rank");
        assertThat(Nearest.to("arkn", KEYS)).isEmpty();
        assertThat(Nearest.to("rakn", KEYS)).contains("rank");
    }

    @Test
    void twoChangedLettersSideBySideDidNotChangePlaces() {
        assertThat(Nearest.to("rnxk", KEYS)).isEmpty();
        assertThat(Nearest.to("rxak", KEYS)).isEmpty();
    }

    @Test
    void ofSeveralTheClosestIsMeant() {
        assertThat(Nearest.to("alpa", List.of("alphas", "alpha", "alphax"))).contains("alpha");
    }

    @Test
    void whereNothingIsMeantTheAdviceListsWhatThereIs() {
        assertThat(Nearest.advice("alpa", KEYS)).isEqualTo(" Did you mean 'alpha'?");
        assertThat(Nearest.advice("temperature", KEYS))
                .isEqualTo(" Known: rank, learning_rate, alpha.");
    }
}
