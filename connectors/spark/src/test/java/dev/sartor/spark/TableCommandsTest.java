package dev.sartor.spark;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.Main;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.cli.console.Surroundings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `sartor table` as a user types it, with the connector on the class path.
class TableCommandsTest {
    @TempDir Path folder;

    private final Screen screen = Screen.file();

    private int sartor(String... args) {
        return new Main(screen.console(), Surroundings.ofThisProcess()).run(args);
    }

    @Test
    void aMasterThatIsAwayIsSaidAtOnce() {
        var code =
                sartor(
                        "table",
                        "embed",
                        "--spark",
                        "spark://127.0.0.1:1",
                        "rows.parquet",
                        "--out",
                        folder.resolve("out").toString());
        assertThat(code).isEqualTo(3);
        assertThat(screen.remarks())
                .contains(
                        "the Spark master spark://127.0.0.1:1 does not answer (Connection refused)");
    }

    /// Half a minute on two cores: a session and a model are opened. {@link SparkTest} embeds in the same session as its other tests.
    @Tag("bench")
    @Test
    void vectorsAreWrittenAndRowsWithoutTextCounted() throws IOException {
        var rows =
                Files.writeString(
                        folder.resolve("rows.jsonl"), "{\"text\": \"cat\"}\n{\"text\": null}\n");
        var out = folder.resolve("out").toString();
        var command =
                new String[] {
                    "table",
                    "embed",
                    "--spark",
                    "local[1]",
                    rows.toString(),
                    "--out",
                    out,
                    "--json",
                    "--embedder",
                    TinyTask.BERT.toString(),
                    "--spark-conf",
                    "spark.ui.enabled=false"
                };
        assertThat(sartor(command)).as(screen.remarks()).isZero();
        assertThat(screen.results()).contains("\"rows\":2").contains("\"without_text\":1");
        assertThat(sartor(command)).isEqualTo(2);
        assertThat(screen.remarks()).contains("--out must be a new folder, got " + out);
    }
}
