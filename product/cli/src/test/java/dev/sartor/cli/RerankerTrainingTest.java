package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.console.Screen;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// A tiny embedder learns to rerank through the commands: a passage that repeats the question answers it less than one that
/// says where the thing sat.
class RerankerTrainingTest {
    private static final List<String> THINGS = List.of("cat", "sun", "mat", "hi", "all", "to");

    @TempDir Path folder;
    private SmallProject project = new SmallProject(Path.of("target", "unused"));

    @BeforeEach
    void rows() {
        project = TinyTask.project(folder, TinyTask.decoder(folder, "llama"), "max_tokens: 30");
        var rows = new StringBuilder();
        for (var thing : THINGS) {
            rows.append(row(thing, lure(thing), false)).append(row(thing, answer(thing), true));
        }
        project.write("train.jsonl", rows.toString());
        project.write(
                "held.jsonl", row("the", lure("the"), false) + row("the", answer("the"), true));
        project.write("docs/lure.md", lure("run"));
        project.write("docs/answer.md", answer("run"));
        project.write("docs/other.md", "all is away");
    }

    private static String question(String thing) {
        return "were " + thing + " were over?";
    }

    private static String lure(String thing) {
        return "were over " + thing + " over " + thing + " were over";
    }

    private static String answer(String thing) {
        return "a " + thing + " sat on and on";
    }

    private static String row(String thing, String passage, boolean relevant) {
        return "{\"question\": \"%s\", \"passage\": \"%s\", \"relevant\": %s}\n"
                .formatted(question(thing), passage, relevant);
    }

    private int tune(String settings) throws IOException {
        var file = folder.resolve("sartor.yaml");
        var yaml = Files.readString(file);
        int old = yaml.indexOf("trainings:");
        AtomicFile.write(
                file,
                (old < 0 ? yaml : yaml.substring(0, old))
                        + "trainings:\n  - {name: own, objective: cross_encoder, model: "
                        + TinyTask.BERT
                        + ", "
                        + settings
                        + "}\n");
        return project.sartor("tune", "own", "--json");
    }

    private JsonNode last() {
        var text = project.screen.results();
        return Json.mapper().readTree(text.substring(text.lastIndexOf("\n{") + 1));
    }

    private List<String> found(String... more) {
        var all =
                Stream.concat(
                        Stream.of(
                                "search",
                                folder.resolve("shelf").toString(),
                                question("run"),
                                "--json"),
                        Stream.of(more));
        var screen = Screen.file(folder.resolve("cache"));
        assertThat(screen.sartor(all.toArray(String[]::new))).as(screen.remarks()).isZero();
        return Json.mapper()
                .readTree(screen.results())
                .valueStream()
                .map(each -> each.get("document").asString())
                .toList();
    }

    @Test
    void aTrainedRerankerLiftsTheRightPassageWhereWordsMislead() throws IOException {
        assertThat(
                        tune(
                                "train: train.jsonl, validation: held.jsonl, negatives: 1,"
                                        + " tune: {epochs: 20, batch: 6, learning_rate: 1e-2}"))
                .as(project.screen.remarks())
                .isZero();
        var tuned = last();
        var kept = tuned.at("/validation/" + tuned.get("kept_epoch").asString()).doubleValue();
        assertThat(project.screen.remarks())
                .contains("before: nDCG@10 ")
                .contains(
                        "On validation the model that was kept has nDCG@10 %.3f, and judges"
                                .formatted(kept));
        var model = tuned.get("model").asString();
        assertThat(
                        project.screen.sartor(
                                "index",
                                folder.resolve("docs").toString(),
                                "--out",
                                folder.resolve("shelf").toString(),
                                "--embedder",
                                "none",
                                "--public"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(found()).as("by words").first().isEqualTo("lure.md");
        assertThat(found("--rerank", model, "--rerank-weight", "1"))
                .as("reranked")
                .first()
                .isEqualTo("answer.md");
        assertThat(
                        tune(
                                "train: train.jsonl, validation: held.jsonl, negatives: 1,"
                                        + " tune: {epochs: 20, batch: 6, learning_rate: 1e-2}"))
                .isZero();
        assertThat(last().get("model").asString()).as("found, not made again").isEqualTo(model);
    }

    @Test
    void whatTeachesNothingIsRefusedWithAWayOut() throws IOException {
        var page = new ErrorsPage().naming(folder, "/home/ann/desk");
        assertThat(tune("train: train.jsonl, tune: {method: lora}")).isEqualTo(2);
        page.shows(project.screen.remarks());
        for (var alone : List.of(true, false)) {
            project.write("alone.jsonl", row("cat", "a cat", alone));
            assertThat(tune("train: alone.jsonl, negatives: 0")).isEqualTo(2);
            page.shows(project.screen.remarks());
        }
        project.write("held.jsonl", row("all", answer("all"), false));
        assertThat(tune("train: train.jsonl, validation: held.jsonl")).isEqualTo(2);
        page.shows(project.screen.remarks());
        project.write("held.jsonl", row("all", answer("all"), false).replace("false", "\"no\""));
        assertThat(tune("train: held.jsonl")).isEqualTo(2);
        page.shows(project.screen.remarks());
    }
}
