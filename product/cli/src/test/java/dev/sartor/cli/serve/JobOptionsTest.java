package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class JobOptionsTest {
    private final JobOptions jobs =
            CommandLine.populateCommand(new JobOptions(), "--files", "files");

    @Test
    void aServerWhoseAdaptersAreTooSmallForWhatJobsMakeIsRefusedBeforeItStarts() {
        assertThatThrownBy(() -> jobs.check(Optional.of("state.db"), base("4")))
                .hasMessage(
                        "--adapter-rank must be at least 16 beside --files, got 4: fine-tuning jobs"
                                + " make adapters of that rank");
        assertThatCode(() -> jobs.check(Optional.of("state.db"), base("16")))
                .doesNotThrowAnyException();
        assertThatCode(() -> new JobOptions().check(Optional.empty(), base("4")))
                .doesNotThrowAnyException();
    }

    @Test
    void filesNeedAStateAndAModel() {
        assertThatThrownBy(() -> jobs.check(Optional.empty(), base("16")))
                .hasMessageContaining("--files needs --state");
    }

    private static BaseModelOptions base(String rank) {
        return CommandLine.populateCommand(
                new BaseModelOptions(), "--model", "tiny", "--adapter-rank", rank);
    }
}
