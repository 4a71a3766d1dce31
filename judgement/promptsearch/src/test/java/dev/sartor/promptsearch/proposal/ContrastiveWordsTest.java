package dev.sartor.promptsearch.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.promptsearch.Rows;
import java.util.List;
import org.junit.jupiter.api.Test;

class ContrastiveWordsTest {
    private final ContrastiveWords words = ContrastiveWords.of(Rows.of("train", 30));

    @Test
    void aLabelsWordsAreThoseThatOthersDoNotUse() {
        assertThat(words.of("metal", 3)).containsExactlyInAnyOrder("apple", "pear", "plum");
        assertThat(words.of("fruit", 2)).isSubsetOf("iron", "zinc", "tin", "alloy").hasSize(2);
    }

    @Test
    void whatAllHaveInCommonTellsNothing() {
        assertThat(words.of("metal", 50)).doesNotContain("some", "here", "number");
    }

    @Test
    void anExampleWithItsLabelsWordsIsMoreTelling() {
        var plain = Rows.example("a", "some here", "metal");
        var telling = Rows.example("b", "some apple", "metal");
        assertThat(words.weight(telling)).isGreaterThan(words.weight(plain));
    }

    @Test
    void aLabelWithoutExamplesHasNoWords() {
        assertThat(ContrastiveWords.of(List.of()).of("metal", 3)).isEmpty();
    }
}
