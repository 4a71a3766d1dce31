package dev.sartor.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.Failpoints;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RowForgettingTest {
    private static final String ROWS =
            """
            {"text": "please cancel what I have", "label": "a long label", "customer": "12"}
            {"text": "I am Quillon Whisper, please cancel", "label": "a long label", "customer": "4711"}

            {"customer": "13", "label": "a long label", "text": "what does it cost?"}
            """;

    @TempDir private Path root;
    private Path project = Path.of("");

    @BeforeEach
    void folder() throws IOException {
        project = Files.createDirectory(root.resolve("desk"));
    }

    @AfterEach
    void noFailpoint() {
        System.clearProperty(Failpoints.PROPERTY);
    }

    private void write(String file, String text) {
        AtomicFile.write(project.resolve(file), text);
    }

    private String read(String file) throws IOException {
        return Files.readString(project.resolve(file));
    }

    private RowForgetting plan(String where) {
        return plan(List.of(where), List.of());
    }

    private RowForgetting plan(List<String> where, List<String> rows) {
        return RowForgetting.plan(
                project,
                List.of(),
                Optional.of(project.resolve("documents")),
                RowSelection.of(where, rows, project),
                Clock.systemUTC());
    }

    private RowForgetting forget(String where) {
        var forgetting = plan(where);
        forgetting.begin();
        forgetting.finish();
        return forgetting;
    }

    @Test
    void aRowsLineBecomesBlankAndAllOthersStayAsTheyAre() throws IOException {
        write("train.jsonl", ROWS);
        Files.setPosixFilePermissions(
                project.resolve("train.jsonl"), PosixFilePermissions.fromString("rw-r--r--"));
        forget("customer=4711");
        var lines = ROWS.split("\n", -1);
        lines[1] = "";
        assertThat(read("train.jsonl")).isEqualTo(String.join("\n", lines));
        assertThat(
                        PosixFilePermissions.toString(
                                Files.getPosixFilePermissions(project.resolve("train.jsonl"))))
                .isEqualTo("rw-r--r--");
        assertThat(read("forgotten.jsonl"))
                .contains("\"line\":2")
                .doesNotContain("Quillon", "4711", "customer");
    }

    @Test
    void ofCsvAllLinesOfARowGoAndNoOther() throws IOException {
        write(
                "train.csv",
                "text,label,customer\n\"first\nsecond, of Whisper\n\",a,4711\nplain,b,12\n\"two\nlines\",b,13\nlast,a,4711");
        forget("customer=4711");
        assertThat(read("train.csv"))
                .isEqualTo("text,label,customer\n\n\n\nplain,b,12\n\"two\nlines\",b,13\n");
    }

    @Test
    void copiesGoWhateverTheOrderOfTheirFieldsAndWhatSharesALabelStays() throws IOException {
        write("train.jsonl", ROWS);
        write(
                "sub/copy.jsonl",
                "{\"customer\": \"13\", \"text\": \"what does it cost?\", \"label\": \"a long label\"}\n{\"text\": \"x\", \"label\": \"a long label\"}\n");
        write("mixed/mixture.json", "{}");
        write(
                "mixed/mixture.jsonl",
                "{\"messages\": [{\"content\": \"Say: what does it cost?\"}]}\n{\"messages\": [{\"content\": \"a long label\"}]}\n");
        write("documents/rows.jsonl", ROWS);
        var forgetting = plan(List.of(), List.of("train.jsonl:4"));
        assertThat(forgetting.rows())
                .extracting(RowForgetting.Erased::file, RowForgetting.Erased::lines)
                .containsExactlyInAnyOrder(
                        tuple("train.jsonl", List.of(4)),
                        tuple("sub/copy.jsonl", List.of(1)),
                        tuple("mixed/mixture.jsonl", List.of(1)));
        assertThat(forgetting.asks("what does it cost?")).isTrue();
        assertThat(forgetting.asks("a long label")).isFalse();
    }

    @Test
    void aFullDiskInTheMidstLeavesARecordAndTheNextRunFinishes() throws IOException {
        write("train.jsonl", ROWS);
        write("zz.jsonl", ROWS);
        for (int writes = 1; writes <= 4; writes++) {
            write("train.jsonl", ROWS);
            write("zz.jsonl", ROWS);
            Files.deleteIfExists(project.resolve("forgotten.jsonl"));
            System.setProperty(Failpoints.PROPERTY, "file.written:" + writes + ":full");
            assertThatThrownBy(() -> forget("customer=4711"))
                    .as("at write %d", writes)
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("run the same command again");
            if (writes > 1) { // nothing was begun before
                var rest = plan(List.of(), List.of());
                rest.begin();
                rest.finish();
                assertThat(read("train.jsonl") + read("zz.jsonl")).doesNotContain("Quillon");
                assertThat(rest.changed()).hasSize(2).allMatch(each -> each.without().size() == 1);
            }
        }
    }

    @Test
    void aFileThatChangedMeanwhileIsLeftAsItIs() throws IOException {
        write("train.jsonl", ROWS);
        var forgetting = plan("customer=4711");
        forgetting.begin();
        write("train.jsonl", "{\"text\": \"new\"}\n" + ROWS);
        assertThatThrownBy(forgetting::finish)
                .hasMessageContaining("was changed while its rows were looked at");
        assertThat(read("train.jsonl")).contains("Quillon");
    }

    @Test
    void brokenCsvIsRefusedBeforeAnythingIsWritten() throws IOException {
        write("train.csv", "text,customer\na,4711\nb,1,2\n");
        assertThatThrownBy(() -> plan("customer=4711"))
                .hasMessageContaining("train.csv has 1 rows that cannot be read, so that");
    }

    @Test
    void aLinkStaysALinkAndItsFileLosesTheRow() throws IOException {
        var elsewhere = Files.createDirectory(root.resolve("elsewhere"));
        Files.writeString(elsewhere.resolve("rows.jsonl"), ROWS);
        Files.createSymbolicLink(project.resolve("train.jsonl"), elsewhere.resolve("rows.jsonl"));
        var forgetting =
                RowForgetting.plan(
                        project,
                        List.of(project.resolve("train.jsonl")),
                        Optional.empty(),
                        RowSelection.of(List.of("customer=4711"), List.of(), project),
                        Clock.systemUTC());
        forgetting.begin();
        forgetting.finish();
        assertThat(project.resolve("train.jsonl")).isSymbolicLink();
        assertThat(elsewhere.resolve("rows.jsonl")).content().doesNotContain("Quillon");
    }

    @Test
    void textsAreLookedForInAllFilesAsHtmlAndJsonToo() {
        write("train.jsonl", "{\"text\": \"Jane's \\\"order\\\" <12>\", \"customer\": \"4711\"}\n");
        write("report.html", "Jane&#39;s &quot;order&quot; &lt;12&gt;");
        write("runs/a/old.json", "{\"q\": \"Jane's \\\"order\\\" <12>\"}");
        write("runs/a/other.json", "{}");
        assertThat(forget("customer=4711").leftOvers())
                .containsExactly("report.html", "runs/a/old.json");
    }
}
