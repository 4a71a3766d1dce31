package dev.sartor.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.Score;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleCountTest {
    private static Score score(double value) {
        return new Score("accuracy", value, value, value, 100);
    }

    @Test
    void theBestOnValidationIsTakenAndOfEqualsTheSmallest() {
        var tried = new ArrayList<Integer>();
        var choice =
                ExampleCount.choose(
                        List.of(8, 2, 4, 2),
                        count -> {
                            tried.add(count);
                            return score(count == 2 ? 0.5 : 0.6);
                        });
        assertThat(choice.best()).isEqualTo(4);
        assertThat(tried).containsExactly(2, 4, 8);
        assertThat(choice.scores().get(8)).isEqualTo(score(0.6));
        assertThat(choice.tooLong()).isEmpty();
    }

    @Test
    void countsWhosePromptsDoNotFitAreNamedAndNotTriedFurther() {
        var choice =
                ExampleCount.choose(
                        List.of(2, 4, 8, 16),
                        count -> {
                            if (count >= 8) {
                                throw SartorException.tooLong("9000 tokens");
                            }
                            return score(0.1 * count);
                        });
        assertThat(choice.best()).isEqualTo(4);
        assertThat(choice.tooLong()).containsExactly(8, 16);
        assertThatThrownBy(() ->
                        ExampleCount.choose(
                                List.of(2),
                                _ -> {
                                    throw SartorException.tooLong("9000 tokens");
                                }))
                .hasMessage("9000 tokens");
    }

    @Test
    void otherFailuresAreNotHidden() {
        assertThatThrownBy(() ->
                        ExampleCount.choose(
                                List.of(2, 4),
                                count -> {
                                    if (count == 4) {
                                        throw SartorException.missing("no memory");
                                    }
                                    return score(1);
                                }))
                .hasMessage("no memory");
        assertThatThrownBy(() -> ExampleCount.choose(List.of(), _ -> score(1)))
                .hasMessageContaining("at least one, each at least 1, got []");
        assertThatThrownBy(() -> ExampleCount.choose(List.of(0, 2), _ -> score(1)))
                .hasMessageContaining("each at least 1");
    }
}
