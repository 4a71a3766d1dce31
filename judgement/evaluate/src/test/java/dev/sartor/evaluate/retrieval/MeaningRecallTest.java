package dev.sartor.evaluate.retrieval;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Embedder;
import dev.sartor.evaluate.statistics.Proportions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MeaningRecallTest {
    private static final Map<String, float[]> VECTORS =
            Map.of(
                    "east", new float[] {1, 0, 0},
                    "north", new float[] {0, 1, 0},
                    "north-east", new float[] {.8f, .6f, 0},
                    "north by east", new float[] {.6f, .8f, 0},
                    "up", new float[] {0, 0, 1},
                    "west", new float[] {-1, 0, 0});

    @Test
    void theShareOfTextsWhoseOwnIsNearestIsTheFigure() {
        var anchors = List.of("north-east", "north by east", "up", "west");
        var positives = List.of("east", "north", "up", "east");
        var score = MeaningRecall.atOne(new Known(), anchors, positives);
        assertThat(score.metric()).isEqualTo("recall@1");
        assertThat(score.value()).isEqualTo(0.75); // west is opposite to east
        assertThat(score.count()).isEqualTo(4);
    }

    @Test
    void theIntervalIsWilsons() {
        var score =
                MeaningRecall.atOne(
                        new Known(), List.of("north-east", "up"), List.of("east", "north"));
        var wilson = Proportions.wilson(1, 2);
        assertThat(score.value()).isEqualTo(0.5);
        assertThat(score.low()).isEqualTo(wilson.low());
        assertThat(score.high()).isEqualTo(wilson.high());
    }

    @Test
    void aTextThatSeveralBelongToStandsAmongTheOthersOnce() {
        var embedder = new Known();
        var anchors = List.of("north-east", "east", "up");
        var score = MeaningRecall.atOne(embedder, anchors, List.of("east", "east", "up"));
        assertThat(score.value()).isEqualTo(1);
        assertThat(embedder.embedded).containsExactly("east", "up");
    }

    @Test
    void ofTextsThatAreEquallyNearTheFirstIsTaken() {
        var anchors = List.of("west", "up");
        assertThat(MeaningRecall.atOne(new Known(), anchors, List.of("north", "up")).value())
                .isEqualTo(1);
    }

    @Test
    void aTextThatIsOppositeToItsOwnIsStillFoundWhereThereIsNoOther() {
        var score = MeaningRecall.atOne(new Known(), List.of("west"), List.of("east"));
        assertThat(score.value()).isEqualTo(1);
    }

    private static final class Known implements Embedder {
        private List<String> embedded = List.of();

        @Override
        public String name() {
            return "known";
        }

        @Override
        public int dimension() {
            return 3;
        }

        @Override
        public List<float[]> embed(List<String> texts) {
            embedded = List.copyOf(texts);
            return vectors(texts);
        }

        @Override
        public List<float[]> embedQueries(List<String> texts) {
            return vectors(texts);
        }

        private static List<float[]> vectors(List<String> texts) {
            return texts.stream().map(text -> VECTORS.getOrDefault(text, new float[3])).toList();
        }

        @Override
        public int maxTokens() {
            return 8;
        }

        @Override
        public int countTokens(String text) {
            return 1;
        }

        @Override
        public void close() {}
    }
}
