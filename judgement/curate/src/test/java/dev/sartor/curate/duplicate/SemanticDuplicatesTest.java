package dev.sartor.curate.duplicate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.measure.VectorProducts;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.leak.SemanticLeaks;
import dev.sartor.curate.similarity.MatchKind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class SemanticDuplicatesTest {
    private final SplittableRandom random = new SplittableRandom(5);

    private float[] unit(float[] vector) {
        double norm = Math.sqrt(VectorProducts.product(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) norm;
        }
        return vector;
    }

    private float[] any(int width) {
        var vector = new float[width];
        for (int i = 0; i < width; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        return unit(vector);
    }

    private float[] near(float[] vector, double noise) {
        var other = vector.clone();
        for (int i = 0; i < other.length; i++) {
            other[i] += (float) (noise * random.nextGaussian() / Math.sqrt(other.length));
        }
        return unit(other);
    }

    private static List<Duplicate> find(double threshold, List<float[]> vectors) {
        return new SemanticDuplicates(threshold)
                .find(vectors.size(), vectors::get, Progress.silent());
    }

    /// Every row beside every row that stays, one after the other.
    private static List<Integer> byAllPairs(double threshold, List<float[]> vectors) {
        var kept = new ArrayList<float[]>();
        var gone = new ArrayList<Integer>();
        for (int row = 0; row < vectors.size(); row++) {
            var vector = vectors.get(row);
            if (kept.stream()
                    .anyMatch(other -> VectorProducts.product(vector, other) >= threshold)) {
                gone.add(row);
            } else {
                kept.add(vector);
            }
        }
        return gone;
    }

    @Test
    void whatGoesIsWhatAllPairsSay() {
        for (int width : new int[] {1, 7, 64}) {
            var vectors = new ArrayList<float[]>();
            for (int i = 0; i < 1_500; i++) {
                vectors.add(
                        i < 50 || i % 3 == 0
                                ? any(width)
                                : near(vectors.get(random.nextInt(i)), 0.3));
            }
            assertThat(find(0.9, vectors))
                    .extracting(Duplicate::row)
                    .isEqualTo(byAllPairs(0.9, vectors));
        }
    }

    @Test
    void eachRowThatGoesIsNearToTheOneThatStays() {
        var first = any(32);
        var vectors = List.of(first, any(32), near(first, 0.1), first.clone());
        var found = find(0.95, vectors);
        assertThat(found)
                .extracting(Duplicate::row, Duplicate::kept)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(2, 0),
                        org.assertj.core.groups.Tuple.tuple(3, 0));
        assertThat(found)
                .allMatch(each ->
                        each.score() > 0.95
                                && each.score() <= 1
                                && each.kind() == MatchKind.SEMANTIC);
    }

    @Test
    void theEndOfAChainStaysWhereOnlyItsMiddleGoes() {
        float[] a = {1, 0};
        float[] b = {(float) Math.cos(0.4), (float) Math.sin(0.4)};
        float[] c = {(float) Math.cos(0.8), (float) Math.sin(0.8)};
        assertThat(find(0.9, List.of(a, b, c))).extracting(Duplicate::row).containsExactly(1);
    }

    @Test
    void vectorsOfZerosAreLikeNoOther() {
        assertThat(find(0.5, Collections.nCopies(5, new float[8]))).isEmpty();
    }

    @Test
    void twentyThousandEqualVectorsLeaveOne() {
        assertThat(find(0.95, Collections.nCopies(20_000, any(16))))
                .hasSize(19_999)
                .allMatch(each -> each.kept() == 0);
    }

    @Test
    void moreRowsThanCanBeComparedAreRefused() {
        assertThatThrownBy(() ->
                        new SemanticDuplicates(0.9)
                                .find(100_001, _ -> new float[1], Progress.silent()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("at most 100000, got 100001");
        assertThatThrownBy(() -> new SemanticDuplicates(0)).isInstanceOf(SartorException.class);
        assertThat(find(0.9, List.of())).isEmpty();
    }

    @Test
    void leaksByVectorsNameTheNearestFirst() {
        var tests = List.of(any(24), any(24), new float[24]);
        var others = new ArrayList<float[]>();
        for (int i = 0; i < 200; i++) {
            others.add(i % 20 == 7 ? near(tests.getFirst(), 0.02 * i / 20) : any(24));
        }
        var found =
                new SemanticLeaks(0.9).find(tests, others.size(), others::get, Progress.silent());
        assertThat(found)
                .hasSize(5)
                .allMatch(leak ->
                        leak.test() == 0
                                && leak.other() % 20 == 7
                                && leak.kind() == MatchKind.SEMANTIC);
        assertThat(found).isSortedAccordingTo((a, b) -> Double.compare(b.score(), a.score()));
        assertThat(new SemanticLeaks(0.9).find(List.of(), 3, others::get, Progress.silent()))
                .isEmpty();
    }
}
