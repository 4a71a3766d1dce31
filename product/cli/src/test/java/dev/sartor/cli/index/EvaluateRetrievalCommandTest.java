package dev.sartor.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateRetrievalCommandTest {
    @TempDir private Path folder;
    private final Screen screen = Screen.file();

    private int evaluate(String... more) {
        var arguments =
                new ArrayList<>(
                        List.of(
                                "evaluate",
                                "retrieval",
                                "--run",
                                folder.resolve("a.trec").toString()));
        arguments.addAll(List.of("--qrels", folder.resolve("qrels.trec").toString()));
        arguments.addAll(List.of(more));
        return screen.sartor(arguments.toArray(String[]::new));
    }

    private void write(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
    }

    private void writeAll() throws IOException {
        write("qrels.trec", "q1 0 d1 1\nq2 0 d2 1\nq3 0 d3 1\n");
        write("a.trec", "q1 Q0 d1 1 2.0 a\nq2 Q0 d9 1 2.0 a\nq2 Q0 d2 2 1.0 a\n");
        write("b.trec", "q1 Q0 d1 1 2.0 b\nq2 Q0 d2 1 2.0 b\nq3 Q0 d3 1 1.0 b\n");
    }

    @Test
    void figuresStandWithTheirIntervalsAndUnansweredQuestionsAreCounted() throws IOException {
        writeAll();
        assertThat(evaluate("--metric", "mrr,recall@1")).isZero();
        assertThat(screen.results())
                .contains("mrr", "0.5000", "recall@1", "0.3333")
                .contains("3 judged questions, 1 of them without any document in the run");
    }

    @Test
    void twoRunsAreComparedInPairs() throws IOException {
        writeAll();
        var code =
                evaluate(
                        "--metric",
                        "mrr",
                        "--against",
                        folder.resolve("b.trec").toString(),
                        "--json");
        assertThat(code).isZero();
        var mrr = Json.mapper().readTree(screen.results()).get("metrics").get("mrr");
        assertThat(mrr.get("score").get("value").asDouble()).isEqualTo(0.5);
        assertThat(mrr.get("other").get("value").asDouble()).isEqualTo(1);
        assertThat(mrr.get("difference").get("difference").asDouble()).isEqualTo(-0.5);
        assertThat(mrr.get("difference").get("onlyB").asInt()).isEqualTo(2);
    }

    @Test
    void aBadLineIsNamed() throws IOException {
        writeAll();
        write("a.trec", "q1 Q0 d1 1 2.0 a\nq1 d2\n");
        assertThat(evaluate()).isEqualTo(2);
        assertThat(screen.remarks()).contains("a.trec:2: a line must have 6 fields", "got 2");
    }

    @Test
    void theMeasuredCandidateIsStillNamedWithoutASubcommand() {
        assertThat(screen.sartor("evaluate", "route", "--project", folder.toString())).isEqualTo(2);
        assertThat(screen.remarks()).contains("sartor.yaml");
    }
}
