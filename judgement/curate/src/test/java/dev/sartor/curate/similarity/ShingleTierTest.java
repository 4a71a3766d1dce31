package dev.sartor.curate.similarity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ShingleTierTest {
    @Test
    void aSetHasEachRunOfCharactersOnce() {
        for (var text : new String[] {"abcdabcd", new PlantedTexts(1).text(80), "日本語のテキスト"}) {
            long runs =
                    IntStream.rangeClosed(0, text.length() - 5)
                            .mapToObj(i -> text.substring(i, i + 5))
                            .distinct()
                            .count();
            assertThat(ShingleTier.SHORT.set(text)).hasSize((int) runs).isSorted();
        }
    }

    @Test
    void textsShareTheRunsThatTheyShare() {
        var common =
                PairSimilarity.common(
                        ShingleTier.SHORT.set("xxabcdefyy"), ShingleTier.SHORT.set("uuuabcdefvv"));
        assertThat(common).isEqualTo(2); // abcde, bcdef
    }

    @Test
    void aTextShorterThanAShingleIsOneAndAnEmptyOneHasNone() {
        assertThat(ShingleTier.SHORT.set("abc"))
                .hasSize(1)
                .isNotEqualTo(ShingleTier.SHORT.set("abd"));
        assertThat(ShingleTier.SHORT.set("")).isEmpty();
    }

    @Test
    void ofLongTextsOneShingleInSixtyFourIsTaken() {
        var text = new PlantedTexts(2).text(20_000);
        int all = text.length() - 9;
        assertThat(ShingleTier.LONG.hashes(text).length).isBetween(all / 80, all / 50);
        assertThat(ShingleTier.LONG.hashes("a".repeat(40_000))).isNotEmpty();
    }

    @Test
    void everyPairWithinTheThresholdSharesTheShorterOnesTier() {
        for (double threshold : new double[] {0.7, 0.8, 1}) {
            for (int shorter :
                    new int[] {1, 1_000, 2_047, 2_048, 2_500, 32_767, 32_768, 1_000_000}) {
                var tier = ShingleTier.of(shorter);
                int longer = (int) (shorter / threshold);
                assertThat(tier.holds(shorter, threshold)).isTrue();
                assertThat(tier.holds(longer, threshold))
                        .as("%d beside %d", longer, shorter)
                        .isTrue();
            }
        }
    }

    @Test
    void everyLengthHasATier() {
        assertThat(IntStream.of(0, 5, 2_048, 32_768, Integer.MAX_VALUE))
                .allMatch(length ->
                        Arrays.stream(ShingleTier.values())
                                .anyMatch(tier -> tier.holds(length, 1)));
    }
}
