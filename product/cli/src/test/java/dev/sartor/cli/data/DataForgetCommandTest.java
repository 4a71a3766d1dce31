package dev.sartor.cli.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.ErrorsPage;
import dev.sartor.cli.SmallProject;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class DataForgetCommandTest {
    private static final String CANARY = "quillonwhisper";
    private static final String MAIL = "quillonwhisper@example.com";

    @TempDir private Path folder;
    private Screen screen = Screen.file();

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

    private static String row(String text, String label, int customer) {
        return "{\"text\": \"%s\", \"label\": \"%s\", \"customer\": %d}\n"
                .formatted(text, label, customer);
    }

    /// With rows of customer 4711 among those to learn from and to be measured on.
    private SmallProject project() throws IOException {
        var project =
                TinyTask.project(
                        folder.resolve("desk"),
                        TinyTask.decoder(folder, "llama"),
                        "epochs: 1, max_forgetting: 1");
        var train = new StringBuilder(Files.readString(folder.resolve("desk/train.jsonl")));
        train.append(row("the cat of " + MAIL + " sat on the mat", "cat", 4711));
        train.append(row("the sun of no name is away", "sun", 12));
        project.write("train.jsonl", train.toString());
        project.write(
                "test.jsonl",
                row("the sun", "sun", 12) + row("a cat called " + CANARY, "cat", 4711));
        return project;
    }

    private List<String> filesWith(String word) throws IOException {
        try (var files = Files.walk(folder.resolve("desk"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> holds(file, word))
                    .map(file -> folder.resolve("desk").relativize(file).toString())
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

    private static List<String> values(JsonNode array, String field) {
        var values = new ArrayList<String>();
        array.forEach(each -> values.add(each.get(field).asString()));
        return values;
    }

    @Test
    void rowsGoWithAnswersAndWhatLearnedFromThemIsNamedUntilItIsTrainedAgain() throws IOException {
        var project = project();
        assertThat(project.sartor("tune", "route")).as(project.screen.remarks()).isZero();
        project.write(
                "runs/route-tuned-00000000/answers.jsonl",
                """
                {"id":"test:1","question":"the sun","references":["sun"],"answer":"sun","passages":[]}
                {"id":"test:2","question":"a cat called quillonwhisper","references":["cat"],"answer":"cat","passages":[]}
                """);
        project.write("print.html", "<p>a cat called " + CANARY + "</p>");
        var before = filesWith(CANARY);
        assertThat(before).contains("print.html", "test.jsonl", "train.jsonl").hasSize(4);
        assertThat(sartor("data", "forget", "@desk", "--where", "customer=4711", "--dry-run"))
                .as(screen.remarks())
                .isZero();
        assertThat(screen.results())
                .contains("would forget 1 rows of train.jsonl: line 13")
                .contains("would forget 1 rows of test.jsonl: line 2", "would forget 1 answers of");
        assertThat(filesWith(CANARY)).isEqualTo(before);
        assertThat(folder.resolve("desk/forgotten.jsonl")).doesNotExist();

        assertThat(sartor("data", "forget", "@desk", "--where", "customer=4711", "--json"))
                .as(screen.remarks())
                .isOne();
        var adapters = json().get("train_again");
        assertThat(values(adapters, "path").getFirst()).startsWith("runs/adapters/route-");
        assertThat(adapters.get(0).get("certain").asBoolean()).isTrue();
        assertThat(adapters.get(0).get("uses").get(0).asString()).isEqualTo("train: train.jsonl");
        assertThat(json().get("still_hold_texts").get(0).asString()).isEqualTo("print.html");
        assertThat(filesWith(CANARY)).containsExactly("print.html");
        assertThat(Files.readAllLines(folder.resolve("desk/train.jsonl")))
                .hasSize(14)
                .last()
                .asString()
                .contains("no name");

        Files.delete(folder.resolve("desk/print.html"));
        assertThat(sartor("data", "forget", "@desk", "--json")).as("they still stand").isOne();
        assertThat(values(json().get("train_again"), "path"))
                .isEqualTo(values(adapters, "path"))
                .hasSize(1);
        assertThat(sartor("data", "forget", "@desk", "--remove-adapters")).isZero();
        adapters.forEach(each ->
                assertThat(folder.resolve("desk").resolve(each.get("path").asString()))
                        .doesNotExist());
        assertThat(sartor("data", "forget", "@desk")).isZero();
        assertThat(screen.results()).contains("Nothing of them is left to be trained again.");
    }

    @Test
    void cleanedAndMixedSetsLoseWhatCameOfTheRowsWhateverBecameOfIt() throws IOException {
        var project = project();
        assertThat(
                        sartor(
                                "data",
                                "clean",
                                "@desk/train.jsonl",
                                "--steps",
                                "exact_duplicates,personal_data",
                                "--out",
                                "@desk/curated/route"))
                .as(screen.remarks())
                .isZero();
        assertThat(filesWith("[EMAIL_")).containsExactly("curated/route/rows/train.jsonl");
        project.write(
                "mixture.yaml",
                """
                rows: 14
                sets:
                  - name: route
                    files: [curated/route/rows/train.jsonl]
                    templates: [{user: "Which is it: {{ text }}", assistant: "{{ label }}"}]
                """);
        assertThat(sartor("data", "mix", "@desk/mixture.yaml", "--out", "@desk/mixed"))
                .as(screen.remarks())
                .isZero();
        assertThat(filesWith("[EMAIL_")).hasSize(2);
        assertThat(sartor("data", "forget", "@desk", "--row", "train.jsonl:13", "--json"))
                .as(screen.remarks())
                .isZero();
        assertThat(values(json().get("rows"), "file"))
                .containsExactlyInAnyOrder(
                        "train.jsonl", "curated/route/rows/train.jsonl", "mixed/mixture.jsonl");
        json().get("rows").forEach(each -> assertThat(each.get("lines")).hasSize(1));
        assertThat(filesWith("[EMAIL_")).isEmpty();
        assertThat(filesWith(MAIL)).isEmpty();

        assertThat(sartor("data", "forget", "@desk", "--row", "train.jsonl:1", "--json"))
                .as("lines are as they were")
                .isZero();
        assertThat(values(json().get("rows"), "file")).hasSize(3);
        assertThat(filesWith("the cat sat on the mat")).isEmpty();
        assertThat(filesWith("the sun sat on the mat")).hasSize(3);
    }

    @Test
    void whatIsRefusedChangesNothing() throws IOException {
        project();
        Files.writeString(
                folder.resolve("desk/more.json"), "[" + row("an array", "cat", 99).strip() + "]");
        Files.writeString(
                folder.resolve("desk/sartor.yaml"),
                Files.readString(folder.resolve("desk/sartor.yaml"))
                        .replace("validation: validation.jsonl", "validation: more.json"));
        var before = Files.readString(folder.resolve("desk/train.jsonl"));
        var page =
                new ErrorsPage()
                        .naming(folder.toRealPath().resolve("desk"), "/home/ann/desk")
                        .naming(folder.resolve("desk"), "/home/ann/desk");
        for (var wrong :
                List.of(
                        List.of("--where", "customer"),
                        List.of("--where", "customer="),
                        List.of("--where", "customer=1", "--where", "customer=2"),
                        List.of("--where", "custmer=4711"),
                        List.of("--where", "customer=47\n11"),
                        List.of("--where", "customer=99"),
                        List.of("--row", "train.jsonl"),
                        List.of("--row", "train.jsonl:99"),
                        List.of("--row", "../other.jsonl:1"))) {
            var all = new ArrayList<>(List.of("data", "forget", "@desk"));
            all.addAll(wrong);
            assertThat(sartor(all.toArray(String[]::new))).as("%s", wrong).isEqualTo(2);
            page.naming(folder, "/home/ann").shows(screen.remarks());
        }
        assertThat(Files.readString(folder.resolve("desk/train.jsonl"))).isEqualTo(before);
        assertThat(folder.resolve("desk/forgotten.jsonl")).doesNotExist();
    }
}
