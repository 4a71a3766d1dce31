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
}
