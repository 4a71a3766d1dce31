package dev.sartor.suite.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.suite.task.BenchmarkItem;
import dev.sartor.suite.task.BenchmarkTask;
import dev.sartor.suite.task.BenchmarkTasks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchmarkFilesTest {
    private static final String ROW =
            "{\"question\":\"q\",\"choices\":{\"text\":[\"x\",\"y\"],\"label\":[\"A\",\"B\"]},\"answerKey\":\"B\"}";

    @TempDir Path folder;

    private static BenchmarkTask task(String name) {
        return BenchmarkTasks.named(List.of(name)).getFirst();
    }

    private Path write(String file, String... lines) throws IOException {
        var path = folder.resolve(file);
        Files.createDirectories(path.resolveSibling("."));
        return Files.write(path, List.of(lines));
    }

    private List<BenchmarkItem> read(String name, String... data) {
        var task = task(name);
        return BenchmarkFiles.of(List.of(data), BenchmarkTasks.names())
                .evaluated(BenchmarkTasks.namesOf(task), task.dataset(), task::item);
    }

    @Test
    void anUnknownTaskIsRefusedAndTheNearestNamed() {
        assertThatThrownBy(() -> BenchmarkTasks.named(List.of("arc_esay")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("'arc_esay'. Did you mean 'arc_easy'?");
    }

    @Test
    void aGroupsNameMeansAllOfItsTasks() {
        assertThat(BenchmarkTasks.named(List.of("truthfulqa_mc", "lambada", "truthfulqa_mc1")))
                .extracting(BenchmarkTask::name)
                .containsExactly("truthfulqa_mc1", "truthfulqa_mc2", "lambada_openai");
    }

    @Test
    void aRowThatLacksAFieldIsNamedWithItsLineAndWhatToTake() throws IOException {
        var file = write("arc.jsonl", ROW, "{\"query\":\"q\",\"choices\":[\"x\"],\"gold\":0}");
        assertThatThrownBy(() -> read("arc_easy", "arc_easy=" + file))
                .hasMessageContaining("arc.jsonl:2: lacks 'question'; it has query, choices, gold.")
                .hasMessageContaining(
                        "take the split 'test' of allenai/ai2_arc (ARC-Easy), whose fields are question, choices.text,");
    }

    @Test
    void aBrokenLineAnEmptyFileAndAWrongAnswerAreNamed() throws IOException {
        var broken = write("a.jsonl", ROW, "{\"question\":");
        assertThatThrownBy(() -> read("arc_easy", "arc_easy=" + broken))
                .hasMessageContaining("a.jsonl:2: ");
        var empty = Files.createFile(folder.resolve("b.jsonl"));
        assertThatThrownBy(() -> read("arc_easy", "arc_easy=" + empty))
                .hasMessageContaining("b.jsonl: has no rows.");
        var wrong = write("c.jsonl", ROW.replace("\"answerKey\":\"B\"", "\"answerKey\":\"C\""));
        assertThatThrownBy(() -> read("arc_easy", "arc_easy=" + wrong))
                .hasMessageContaining(
                        "c.jsonl:1: 'answerKey' must be one of choices.label, A, B, got C:");
    }

    @Test
    void aSplitWithoutAnswersIsRefused() throws IOException {
        var file = write("p.jsonl", "{\"goal\":\"g\",\"sol1\":\"a\",\"sol2\":\"b\",\"label\":-1}");
        assertThatThrownBy(() -> read("piqa", "piqa=" + file))
                .hasMessageContaining("p.jsonl:1: 'label' must be 0 to 1")
                .hasMessageContaining("take the split 'validation' of baber/piqa");
    }

    @Test
    void rowsAreFoundWhereTheHubAndPeoplePutThem() throws IOException {
        write("all/arc_easy/test.jsonl", ROW);
        write("hub/data/test-00000-of-00002.jsonl", ROW);
        write("hub/data/test-00001-of-00002.jsonl", ROW, ROW);
        write("flat/arc_easy.jsonl", ROW, ROW);
        assertThat(read("arc_easy", folder.resolve("all").toString())).hasSize(1);
        assertThat(read("arc_easy", "arc_easy=" + folder.resolve("hub"))).hasSize(3);
        assertThat(read("arc_easy", folder.resolve("flat").toString())).hasSize(2);
    }

    @Test
    void nestedParquetIsReadAsTheHubHasIt() {
        var file = Path.of("src/test/resources/test-00000-of-00001.parquet");
        var item = (BenchmarkItem.Scored) read("arc_easy", "arc_easy=" + file).getFirst();
        assertThat(item.solved()).isEqualTo("Question: Which is hot?\nAnswer: the sun");
    }

    @Test
    void missingRowsAndExamplesSayWhatToGive() throws IOException {
        var task = task("piqa");
        write("p/validation.jsonl", "{\"goal\":\"g\",\"sol1\":\"a\",\"sol2\":\"b\",\"label\":1}");
        var files =
                BenchmarkFiles.of(List.of("piqa=" + folder.resolve("p")), BenchmarkTasks.names());
        assertThatThrownBy(() ->
                        files.examples(BenchmarkTasks.namesOf(task), task.dataset(), task::item))
                .hasMessageContaining("the split 'train' of baber/piqa, and --data has none")
                .hasMessageContaining("or --few-shot 0");
        assertThatThrownBy(() -> read("boolq", "piqa=" + folder.resolve("p")))
                .hasMessageContaining("there are no rows of boolq in --data");
        assertThatThrownBy(() -> read("piqa", "piqu=" + folder.resolve("p")))
                .hasMessageContaining("--data must be NAME=FILE, NAME=FOLDER");
    }
}
