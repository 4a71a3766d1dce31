package dev.sartor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Embedder;
import dev.sartor.core.Json;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.generate.encoder.LocalEmbedder;
import dev.sartor.tensor.DType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/// Each kind of model goes through the same commands: tiny random models that learn which animal or star a text is about.
class TunedKindsTest {
    private static final Path TEXTS = Checkout.file("engine/generate/src/test/resources");
    private static final Path BERT = TinyTask.BERT;
    private static final Path T5 = TEXTS.resolve("reference/text-to-text");
    private static final List<String> ENDS = TinyTask.ENDS;

    @TempDir Path folder;

    private Path decoder(String name) {
        return TinyTask.decoder(folder, name);
    }

    private Path model(String kind) {
        return switch (kind) {
            case "encoder" -> BERT;
            case "text-to-text" -> T5;
            default -> decoder("llama");
        };
    }

    private SmallProject project(Path model, String tune) {
        return TinyTask.project(folder, model, "epochs: 20, learning_rate: 2e-2, " + tune);
    }

    private static JsonNode last(SmallProject project) {
        var text = project.screen.results();
        return Json.mapper().readTree(text.substring(text.lastIndexOf("\n{") + 1));
    }

    @ParameterizedTest
    @CsvSource({
        "encoder, full",
        "encoder, lora",
        "text-to-text, full",
        "text-to-text, lora",
        "decoder, full",
        "decoder, lora"
    })
    void everyKindLearnsATaskAndIsComparedAndEvaluated(String kind, String method)
            throws IOException {
        var project = project(model(kind), "method: " + method);
        assertThat(project.sartor("tune", "route", "--json")).as(project.screen.remarks()).isZero();
        var tuned = last(project);
        assertThat(tuned.has(method.equals("full") ? "model" : "adapter")).isTrue();
        assertThat(tuned.get("validation").values().stream().mapToDouble(JsonNode::doubleValue))
                .contains(1.0);
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isZero();
        assertThat(project.screen.remarks()).doesNotContain("tuning 0");
        assertThat(project.sartor("runs", "show", "route/tuned"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(project.screen.results()).contains("tune.learning_rate", "not set");
        assertThat(project.sartor("evaluate", "route/tuned", "--json"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(last(project).at("/score/value").doubleValue()).isEqualTo(1.0);
    }

    @Test
    void aModelTrainedWholeLeavesTheOneThatOthersAnswerWith() throws IOException {
        var project = project(decoder("llama"), "method: full");
        var yaml = Files.readString(folder.resolve("sartor.yaml"));
        AtomicFile.write(
                folder.resolve("sartor.yaml"), yaml.replace("[tune]", "[tune, zero-shot]"));
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);
        var after = answers("zero-shot");
        AtomicFile.write(folder.resolve("sartor.yaml"), yaml.replace("[tune]", "[zero-shot]"));
        assertThat(project.sartor("runs", "remove", "route/zero-shot")).isZero();
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);
        assertThat(answers("zero-shot")).isEqualTo(after);
    }

    private List<JsonNode> answers(String candidate) throws IOException {
        try (var runs = Files.list(folder.resolve("runs"))) {
            var run =
                    runs.filter(each ->
                                    String.valueOf(each.getFileName())
                                            .startsWith("route-" + candidate))
                            .findFirst()
                            .orElseThrow();
            return Files.readAllLines(run.resolve("answers.jsonl")).stream()
                    .map(line -> Json.mapper().readTree(line).path("label_scores"))
                    .toList();
        }
    }

    @Test
    void anEncoderIsRefusedAsAWriterWithAWayOut() throws IOException {
        var project = project(BERT, "method: full");
        project.write(
                "sartor.yaml",
                Files.readString(folder.resolve("sartor.yaml")).replace("[tune]", "[zero-shot]"));
        assertThat(project.sartor("compare")).isNotZero();
        assertThat(project.screen.remarks()).contains("tells no classes yet").contains("tune it");
    }

    private JsonNode trained(SmallProject project, String training) throws IOException {
        var yaml = Files.readString(folder.resolve("sartor.yaml"));
        AtomicFile.write(
                folder.resolve("sartor.yaml"), yaml + "trainings:\n  - {name: own, " + training);
        assertThat(project.sartor("tune", "own", "--json")).as(project.screen.remarks()).isZero();
        return last(project);
    }

    @Test
    void anEmbedderLearnsWhatBelongsTogetherAndIsNamedByItsFolder() throws IOException {
        var project = project(decoder("llama"), "max_tokens: 20");
        var rows = new StringBuilder();
        ENDS.forEach(end ->
                rows.append(
                        "{\"anchor\": \"cat %s\", \"positive\": \"sun %s\"}\n"
                                .formatted(end, end)));
        project.write("pairs.jsonl", rows.toString());
        var tuned =
                trained(
                        project,
                        "objective: contrastive, train: pairs.jsonl, model: "
                                + BERT
                                + ", validation: pairs.jsonl, tune: {method: full}}\n");
        assertThat(tuned.at("/validation/0.0").doubleValue())
                .isLessThan(
                        tuned.at("/validation/" + tuned.get("kept_epoch").asString())
                                .doubleValue());
        var made = Path.of(tuned.get("model").asString());
        assertThat(made.resolve("modules.json")).exists();
        assertThat(made.resolve("1_Pooling/config.json")).exists();
        var training = Json.read(made.resolve("training.json")).get("curve");
        assertThat(training.get(training.size() - 1).get("loss").doubleValue())
                .isLessThan(training.get(0).get("loss").doubleValue() / 2);
        try (var before = embedder(BERT);
                var after = embedder(made)) {
            assertThat(recall(after)).isGreaterThan(recall(before)).isEqualTo(1);
        }
    }

    @Test
    void setfitTeachesTheEmbedderTheLabelsOfFewExamplesAndIsOpenedAgain() throws IOException {
        var project = project(decoder("llama"), "max_tokens: 20");
        project.write(
                "sartor.yaml",
                Files.readString(folder.resolve("sartor.yaml"))
                        .replace("[tune]", "[setfit]\nembedder: " + BERT)
                        .replace(
                                "tasks:",
                                "setfit: {learning_rate: 1e-2, pairs: 5, batch: 4}\ntasks:"));
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isZero();
        assertThat(project.sartor("evaluate", "route/setfit", "--json"))
                .as(project.screen.remarks())
                .isZero();
        assertThat(last(project).at("/score/value").doubleValue()).isEqualTo(1.0);
        try (var adapters = Files.list(folder.resolve("runs/adapters"))) {
            var made = adapters.findFirst().orElseThrow();
            assertThat(made.resolve("modules.json")).exists();
            try (var before = embedder(BERT);
                    var after = embedder(made)) {
                assertThat(apart(after)).isGreaterThan(apart(before) + 0.1);
            }
        }
        assertThat(project.sartor("runs", "repeat", "route/setfit"))
                .as(project.screen.remarks())
                .isZero();
    }

    /// How much nearer two texts of a label are than two of different ones.
    private static double apart(Embedder embedder) {
        var texts =
                embedder.embed(List.of("the cat may run", "the cat is away", "the sun is away"));
        return dot(texts.get(0), texts.get(1)) - dot(texts.get(0), texts.get(2));
    }

    private static Embedder embedder(Path folder) {
        return LocalEmbedder.open("tiny", folder, DType.BF16);
    }

    private static double recall(Embedder embedder) {
        var asked = embedder.embedQueries(ENDS.stream().map(end -> "cat " + end).toList());
        var there = embedder.embed(ENDS.stream().map(end -> "sun " + end).toList());
        int right = 0;
        for (int i = 0; i < asked.size(); i++) {
            int best = 0;
            for (int j = 1; j < there.size(); j++) {
                best =
                        dot(asked.get(i), there.get(j)) > dot(asked.get(i), there.get(best))
                                ? j
                                : best;
            }
            right += best == i ? 1 : 0;
        }
        return (double) right / asked.size();
    }

    private static double dot(float[] a, float[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "dpo | lora | {\"prompt\": \"the cat\", \"chosen\": \"sat\", \"rejected\": \"ran\"}",
                "causal_lm | lora | {\"text\": \"the cat sat on the mat and the sun is away\"}",
                "causal_lm | full | {\"text\": \"the cat sat on the mat and the sun is away\"}"
            })
    void aDecoderLearnsRowsThatAreNoTasks(String objective, String method, String row)
            throws IOException {
        var project = project(decoder("llama"), "method: " + method + ", max_tokens: 12");
        project.write("rows.jsonl", (row + "\n").repeat(4));
        var tuned = trained(project, "objective: " + objective + ", train: rows.jsonl}\n");
        var made = tuned.get(method.equals("full") ? "model" : "adapter").asString();
        var curve = Json.read(Path.of(made, "training.json")).get("curve");
        assertThat(curve.get(curve.size() - 1).get("loss").doubleValue())
                .isLessThan(curve.get(0).get("loss").doubleValue() * 0.7);
    }

    @Test
    void anEncoderLearnsHiddenWords() throws IOException {
        var project = project(decoder("bert-masked-lm"), "max_tokens: 12");
        project.write(
                "rows.jsonl", "{\"text\": \"the cat sat on the mat and all is away\"}\n".repeat(8));
        var tuned = trained(project, "objective: masked_lm, train: rows.jsonl}\n");
        var curve = Json.read(Path.of(tuned.get("model").asString(), "training.json")).get("curve");
        assertThat(curve.get(curve.size() - 1).get("loss").doubleValue())
                .isLessThan(curve.get(0).get("loss").doubleValue() * 0.7);
    }

    @Test
    void fillInTheMiddleIsRefusedWhereTheTokenizerHasNoTokensForIt() throws IOException {
        var project = project(decoder("llama"), "method: lora");
        project.write("rows.jsonl", "{\"text\": \"the cat sat on the mat\"}\n");
        project.write(
                "sartor.yaml",
                Files.readString(folder.resolve("sartor.yaml"))
                        + "trainings:\n  - {name: own, objective: causal_lm, fim_rate: 0.5, train: rows.jsonl}\n");
        assertThat(project.sartor("tune", "own")).isNotZero();
        assertThat(project.screen.remarks()).contains("trainings.fim_rate must be 0");
    }
}
