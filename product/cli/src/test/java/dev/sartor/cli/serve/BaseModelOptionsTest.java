package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BaseModelOptionsTest {
    @Test
    void theNumberOfSlotsAndTheirRankCanBeGiven() {
        var options =
                CommandLine.populateCommand(
                        new BaseModelOptions(), "--adapter-slots", "3", "--adapter-rank", "24");
        assertThat(options.slots).contains(3);
        assertThat(options.rank).contains(24);
        assertThat(new BaseModelOptions().slots).isEmpty();
    }
}
