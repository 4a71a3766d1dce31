package dev.sartor.prompt;

import static dev.sartor.prompt.Samples.example;
import static dev.sartor.prompt.Samples.question;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Example;
import dev.sartor.core.SartorException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExampleVectorsTest {
    private final WordEmbedder embedder = new WordEmbedder();

    private List<String> ids(List<Example> examples, String text, int count) {
        var selection = ExampleVectors.of(embedder, examples).nearest(count);
        return selection.select(List.of(question(text))).getFirst().stream()
                .map(Example::id)
                .toList();
    }

    @Test
    void theMostAlikeComeLast() {
        var examples =
                List.of(
                        example("far", "my invoice is wrong", "plan"),
                        example("near", "the battery is empty", "battery"),
                        example("nearest", "the battery is empty again", "battery"));
        assertThat(ids(examples, "the battery is empty again today", 2))
                .containsExactly("near", "nearest");
        assertThat(ids(examples, "the battery is empty again today", 9))
                .containsExactly("far", "near", "nearest");
    }

    @Test
    void anExampleIsNeverShownToItself() {
        var examples =
                List.of(
                        example("a", "it squeaks", "repair"),
                        example("b", "it squeaks a lot", "repair"));
        assertThat(ids(examples, "it squeaks", 2)).containsExactly("b");
    }

    @Test
    void amongEquallyAlikeOnesTheAnswersTakeTurnsThenTheEarlierGoesFirst() {
        var examples =
                List.of(
                        example("1", "red bell", "repair"),
                        example("2", "bell red", "repair"),
                        example("3", "red, bell", "plan"),
                        example("4", "bell, red", "repair"));
        assertThat(ids(examples, "red bell!", 3)).containsExactly("2", "3", "1");
    }

    @Test
    void theExamplesVectorsAreComputedOnce() {
        var examples = List.of(example("1", "a b", "plan"), example("2", "c d", "repair"));
        var vectors = ExampleVectors.of(embedder, examples);
        assertThat(embedder.seen).isEqualTo(2);
        for (int count : List.of(1, 2)) {
            vectors.nearest(count).select(List.of(question("a"), question("d")));
        }
        assertThat(embedder.seen).isEqualTo(2 + 4);
    }

    @Test
    void eachQuestionGetsItsOwnExamples() {
        var examples = List.of(example("1", "a b", "plan"), example("2", "c d", "repair"));
        var selected =
                ExampleVectors.of(embedder, examples)
                        .nearest(1)
                        .select(List.of(question("d"), question("a")));
        assertThat(selected).containsExactly(List.of(examples.get(1)), List.of(examples.get(0)));
    }

    @Test
    void noneMeansNone() {
        assertThat(ExampleSelection.none().select(List.of(question("a"), question("b"))))
                .containsExactly(List.of(), List.of());
        assertThatThrownBy(() -> ExampleVectors.of(embedder, List.of()).nearest(0))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("at least 1, got 0");
    }
}
