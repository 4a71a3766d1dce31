package dev.sartor.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndNumbersStandToTheRight() {
        var table = new Table("NAME", ">SIZE", "NOTE").row("naïve 🚲", 7, "").row("b", 1234, "x");
        assertThat(table.toString())
                .isEqualTo("NAME     SIZE  NOTE\nnaïve 🚲     7\nb        1234  x");
    }

    @Test
    void aRowOfAnotherLengthIsRefused() {
        assertThatThrownBy(() -> new Table("A").row("a", "b"))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
