package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PassageTest {
    private static Passage passage(String section, Pages pages) {
        return new Passage("a#1", "handbook.pdf", section, "x", 1, Readers.everyone(), pages);
    }

    @Test
    void aPlaceNamesThePageAndTheSectionWhereThereAreSuch() {
        assertThat(
                        List.of(
                                passage("", Pages.none()).place(),
                                passage("Fees", Pages.none()).place(),
                                passage("", Pages.of(3)).place(),
                                passage("Fees › Late", new Pages(3, 5)).place()))
                .containsExactly(
                        "handbook.pdf",
                        "handbook.pdf › Fees",
                        "handbook.pdf, p. 3",
                        "handbook.pdf, pp. 3–5 › Fees › Late");
        assertThat(passage("", Pages.of(3)).withText("y").pages()).isEqualTo(Pages.of(3));
    }

    @Test
    void pagesOfBothReachFromTheFirstToTheLast() {
        assertThat(Pages.of(4).and(new Pages(1, 2))).isEqualTo(new Pages(1, 4));
        assertThat(Pages.none().and(Pages.of(2))).isEqualTo(Pages.of(2));
        assertThat(Pages.of(2).and(Pages.none())).isEqualTo(Pages.of(2));
    }

    @ParameterizedTest
    @CsvSource({"-1,1", "2,1", "0,1"})
    void noPageComesBeforeTheFirst(int first, int last) {
        assertThatThrownBy(() -> new Pages(first, last))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inJsonOnlyPagesThatAreKnownAreNamed() {
        var json = Json.mapper().createObjectNode();
        Pages.none().into(json);
        assertThat(json.isEmpty()).isTrue();
        new Pages(3, 4).into(json);
        assertThat(json.toString()).isEqualTo("{\"page\":3,\"last_page\":4}");
    }

    @Test
    void noPagesAreZeroToZero() {
        assertThat(new Pages(0, 0)).isEqualTo(Pages.none());
        assertThat(Pages.none().isKnown()).isFalse();
        assertThat(Pages.of(1).isKnown()).isTrue();
        assertThat(Pages.none()).hasToString("");
    }
}
