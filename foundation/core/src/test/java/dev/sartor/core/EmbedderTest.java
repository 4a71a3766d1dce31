package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class EmbedderTest {
    /// Says how long each text is, and tells no questions apart.
    private static final class Lengths implements Embedder {
        @Override
        public String name() {
            return "lengths";
        }

        @Override
        public int dimension() {
            return 1;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            return texts.stream().map(text -> new float[] {text.length()}).toList();
        }

        @Override
        public int maxTokens() {
            return 1;
        }

        @Override
        public int countTokens(String text) {
            return 1;
        }

        @Override
        public void close() {}
    }

    @Test
    void aModelThatTellsNoQuestionsApartSeesThemAsItSeesTexts() {
        try (var embedder = new Lengths()) {
            assertThat(embedder.embedQueries(List.of("abc", "")))
                    .containsExactly(new float[] {3}, new float[] {0});
        }
    }
}
