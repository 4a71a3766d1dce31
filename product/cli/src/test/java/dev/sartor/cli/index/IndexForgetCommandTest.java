package dev.sartor.cli.index;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.Principal;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.retrieve.index.PersistentIndex;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class IndexForgetCommandTest {
    private static final String CANARY = "quillonwhisper";

    @TempDir private Path folder;
    private Screen screen = Screen.file();

    @BeforeEach
    void shop() {
        write("docs/returns.md", "# Returns\nShoes may be returned for thirty days.");
        write("docs/people/jane.md", "# Jane\nShe says " + CANARY + " to the shoes.");
        assertThat(index()).as(screen.remarks()).isZero();
    }

    private void write(String path, String text) {
        AtomicFile.write(folder.resolve(path), text);
    }

    private int index() {
        return sartor("index", "@docs", "--out", "@shelf", "--embedder", "none", "--public");
    }

    /// Arguments that begin with `@` are paths in the folder.
    private int sartor(String... args) {
        screen = Screen.file(folder.resolve("cache"));
        var all = new ArrayList<String>();
        for (var arg : args) {
            all.add(arg.startsWith("@") ? folder.resolve(arg.substring(1)).toString() : arg);
        }
        return screen.sartor(all.toArray(String[]::new));
    }

    private JsonNode json() {
        return Json.mapper().readTree(screen.results());
    }

    private List<String> filesWith(String in, String word) throws IOException {
        try (var files = Files.walk(folder.resolve(in))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, word))
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static boolean holds(Path file, String word) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1).contains(word);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aDocumentIsForgottenWithItsBytesAndStaysOut() throws IOException {
        assertThat(filesWith("shelf", CANARY)).isNotEmpty();
        try (var open = PersistentIndex.unasked(folder.resolve("shelf"))) {
            var ann = Principal.local();
            assertThat(open.search(CANARY, 3, ann)).hasSize(1);
            assertThat(sartor("index", "forget", "@shelf", "people/jane.md")).isZero();
            assertThat(open.search(CANARY, 3, ann)).isEmpty();
        }
        assertThat(screen.results())
                .contains(
                        "forgot people/jane.md, 1 passages", "generations written without them: 1")
                .contains("They stay out of this index");
        assertThat(filesWith("shelf", CANARY)).isEmpty();
        assertThat(index()).isZero();
        assertThat(screen.results()).contains("1 stay out, as `sartor index forget` deleted them");
        assertThat(filesWith("shelf", CANARY)).isEmpty();
        assertThat(sartor("index", "forget", "@shelf", "people/jane.md", "--allow-again")).isZero();
        assertThat(index()).isZero();
        assertThat(filesWith("shelf", CANARY)).isNotEmpty();
    }

    @Test
    void answersThatCiteItAreNamedAndRedactedWhenAsked() throws IOException {
        write("sartor.yaml", "name: desk\n");
        var run = "runs/ask-retrieval-00000000/";
        write(
                run + "answers.jsonl",
                """
                {"id":"test:1","question":"What says Jane?","references":["x"],"answer":"She says quillonwhisper [1].","free_text":null,"score":1.0,"passages":[{"document":"people/jane.md","section":"Jane","text":"She says quillonwhisper"},{"document":"returns.md","section":"","text":"Shoes"}]}
                {"id":"test:2","question":"Shoes?","references":["y"],"answer":"Thirty days.","free_text":null,"score":1.0,"passages":[{"document":"returns.md","section":"","text":"Shoes"}]}
                """);
        write(run + "checks.json", "{\"key\":\"k\",\"answers\":\"quillonwhisper\"}");
        var forget =
                List.of("index", "forget", "@shelf", "people/jane.md", "--project", "@", "--json");
        assertThat(sartor(forget.toArray(String[]::new))).as("still cited").isOne();
        assertThat(json().get("answers").get(0).get("file").asString())
                .isEqualTo(run + "answers.jsonl");
        assertThat(json().get("answers").get(0).get("answers").asInt()).isOne();
        assertThat(filesWith("runs", CANARY)).hasSize(2);

        var redact = new ArrayList<>(forget);
        redact.add("--redact-answers");
        assertThat(sartor(redact.toArray(String[]::new))).as(screen.remarks()).isZero();
        assertThat(json().get("answers").get(0).get("redacted").asBoolean()).isTrue();
        assertThat(filesWith("runs", CANARY)).isEmpty();
        var left = Files.readAllLines(folder.resolve(run + "answers.jsonl"));
        assertThat(left).hasSize(2);
        assertThat(left.getFirst()).contains("\"returns.md\"").doesNotContain("jane.md");
        assertThat(left.getLast()).contains("Thirty days.");
        assertThat(sartor(forget.toArray(String[]::new))).isZero();
        assertThat(json().get("answers")).isEmpty();
    }

    @Test
    void mistakesAreToldAndChangeNothing() throws IOException {
        var page =
                new ErrorsPage()
                        .naming(folder.resolve("shelf"), "shelf")
                        .naming(folder.resolve("docs"), "docs")
                        .naming(folder, "/home/ann/desk");
        for (var wrong :
                List.of(
                        List.of("@shelf", "people/jan.md"),
                        List.of("@shelf", "people\njane.md"),
                        List.of("@docs", "people/jane.md"),
                        List.of("@shelf", "returns.md", "--allow-again"),
                        List.of("@shelf", "people/jane.md", "--redact-answers"),
                        List.of("@shelf", "people/jane.md", "--project", "@docs"))) {
            var all = new ArrayList<>(List.of("index", "forget"));
            all.addAll(wrong);
            assertThat(sartor(all.toArray(String[]::new))).as("%s", wrong).isEqualTo(2);
            page.shows(screen.remarks());
        }
        assertThat(Files.exists(folder.resolve("shelf/forgotten.jsonl"))).isFalse();
        assertThat(filesWith("shelf", CANARY)).isNotEmpty();
    }
}
