package dev.sartor.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReferenceInPassageTest {
    private static final String PASSAGE =
            "Cost\nA call-out is 19 crowns, and labour is included. Parts broken by a fall are billed.";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "19 crowns | true",
                "nineteen crowns | true",
                "13 crowns | false",
                "labour | true",
                "the fall | true",
                "billed parts | false"
            })
    void aShortReferenceStandsThereAsContainsFindsIt(String reference, boolean isIn) {
        assertThat(ReferenceInPassage.isIn(PASSAGE, List.of(reference))).isEqualTo(isIn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Labour is included, and a call-out is 19 crowns. | true",
                "Labour is included, and a call-out is 18 crowns. | false",
                "Whoever rings us on Sunday has to pay twice the usual price. | false"
            })
    void aSentenceStandsThereByThreeQuartersOfItsWordsAndAllItsValues(
            String reference, boolean isIn) {
        assertThat(ReferenceInPassage.isIn(PASSAGE, List.of(reference))).isEqualTo(isIn);
    }

    @Test
    void anyOfSeveralReferencesIsEnough() {
        assertThat(ReferenceInPassage.isIn(PASSAGE, List.of("13 crowns", "19 crowns"))).isTrue();
    }

    @Test
    void aBareYesOrNoStandsInNoPassage() {
        assertThat(ReferenceInPassage.canBeLookedFor(List.of("Yes."))).isFalse();
        assertThat(ReferenceInPassage.canBeLookedFor(List.of("no", "No, never"))).isTrue();
    }
}
