package dev.sartor.core.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProbeTest {
    @TempDir Path folder;

    @Test
    void sartorsOwnHasAHundredDifferentQuestionsAndAPageOfProse() {
        var own = Probe.own();
        assertThat(own.questions()).hasSize(100).doesNotHaveDuplicates();
        assertThat(own.questions())
                .allMatch(each -> each.choices().stream().distinct().count() == 3);
        assertThat(own.questions().stream().map(Probe.Question::gold).distinct())
                .as("the right one stands in every place")
                .containsExactlyInAnyOrder(0, 1, 2);
        assertThat(own.text().split("\\s+", -1)).hasSizeBetween(400, 800);
    }

    @Test
    void aUsersQuestionsAreReadAndBadLinesNamed() throws IOException {
        var file = folder.resolve("probe.jsonl");
        var good = "{\"query\": \"Snow is\", \"choices\": [\"white\", \"black\"], \"gold\": 0}\n";
        Files.writeString(file, good);
        assertThat(Probe.read(file).questions())
                .containsExactly(new Probe.Question("Snow is", List.of("white", "black"), 0));
        Files.writeString(file, good + good.replace("0}", "2}") + "no JSON\n");
        assertThatThrownBy(() -> Probe.read(file))
                .hasMessageContaining("probe.jsonl:2: a question must have query")
                .hasMessageContaining("probe.jsonl:3:")
                .hasMessageContaining("2 problems; nothing was started.");
        Files.writeString(file, "");
        assertThatThrownBy(() -> Probe.read(file)).hasMessageContaining("there is no question");
    }
}
