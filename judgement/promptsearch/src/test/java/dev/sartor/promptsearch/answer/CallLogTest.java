package dev.sartor.promptsearch.answer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.promptsearch.budget.Cost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CallLogTest {
    @TempDir Path folder;

    private static final PromptedModel.Reply REPLY = new PromptedModel.Reply("metal", 10, 12, 0.5);

    @Test
    void whatWasAnsweredIsThereAgain() {
        var log = CallLog.open(folder);
        log.reserve("p/TRAIN", new Cost(20, 1, 3), Cost.NONE);
        log.keep("p/TRAIN", Map.of("a", REPLY), new Cost(12, 0.5, 0), new Cost(12, 0.5, 2));
        var again = CallLog.open(folder);
        assertThat(again.reply("p/TRAIN", "a")).contains(REPLY);
        assertThat(again.reply("p/TEST", "a")).isEmpty();
        assertThat(again.spent()).isEqualTo(new Cost(12, 0.5, 2));
    }

    @Test
    void aCallWhoseAnswerNeverCameCountsWithWhatWasReserved() {
        var log = CallLog.open(folder);
        log.reserve("p/TRAIN", new Cost(20, 1, 3), new Cost(5, 0, 1));
        assertThat(CallLog.open(folder).spent()).isEqualTo(new Cost(25, 1, 4));
    }

    @Test
    void aLineThatWasCutShortIsDropped() throws IOException {
        var log = CallLog.open(folder);
        log.reserve("p/TRAIN", new Cost(20, 1, 3), Cost.NONE);
        var file = folder.resolve("calls.jsonl");
        Files.writeString(file, "{\"call\": 1, \"is_res", StandardOpenOption.APPEND);
        assertThat(CallLog.open(folder).spent()).isEqualTo(new Cost(20, 1, 3));
        assertThat(file).content().endsWith("}\n");
    }

    @Test
    void aDamagedFileIsNamed() throws IOException {
        Files.writeString(folder.resolve("calls.jsonl"), "nonsense\n");
        assertThatThrownBy(() -> CallLog.open(folder))
                .hasMessageContainingAll("calls.jsonl is damaged", "Remove its folder");
    }
}
