package dev.sartor.compare.approach;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.run.RunJson;
import dev.sartor.core.file.Sha256;
import dev.sartor.project.ProjectFile;
import dev.sartor.project.setting.ApproachName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What names a run must not change: whoever has runs finds them again, and pays for none a second time.
class RecipesTest {
    private static final String RETRIEVAL =
            "\"retrieval\":{\"passages\":[1,2],\"order\":[\"BEST_FIRST\",\"BEST_LAST\"],\"chunk_tokens\":120,"
                    + "\"overlap_tokens\":20,\"language\":\"AUTO\",\"bm25_weight\":0.4,\"drop_injections\":false,\"rera"
                    + "nk\":null,\"rerank_depth\":20,\"rerank_weight\":0.5}";
    private static final String TUNE =
            "\"tune\":{\"method\":null,\"rank\":16,\"alpha\":32.0,\"rslora\":false,\"dora\":false,\"target_mo"
                    + "dules\":[],\"layers_to_transform\":[],\"modules_to_save\":[],\"parts\":[],\"weights\":\"BF16\","
                    + "\"learning_rate\":0.001,\"schedule\":\"COSINE\",\"decay\":0.2,\"epochs\":4,\"batch\":16,\"micro_"
                    + "batch_tokens\":null,\"gradient_checkpointing\":null,\"warmup\":0.1,\"optimiser\":\"ADAMW\",\"wei"
                    + "ght_decay\":0.0,\"max_grad_norm\":1.0,\"max_tokens\":1024,\"too_long\":null,\"loss_on\":\"ALL_TU"
                    + "RNS\",\"eval_steps\":0,\"early_stopping_patience\":0,\"save_steps\":100,\"max_forgetting\":0.05,"
                    + "\"probe\":null,\"seed\":null}";
    private static final String SHORT_TUNE = TUNE.replace("\"epochs\":4", "\"epochs\":3");

    /// @param settings SHA-256 of the settings recorded beside the run
    /// @param recipe as run.json holds it
    private record Pin(String id, String settings, String recipe) {}

    private static Pin pin(String id, String settings, String recipe) {
        return new Pin(id, settings, recipe);
    }

    private static final List<Pin> PINS =
            List.of(
                    pin(
                            "route-zero-shot-80ce19d9",
                            "a8eac62d11e206b6d0a54da044ade098c8dc4df5f999eae457dd4b11c51692fc",
                            "{\"task\":\"route\",\"candidate\":\"zero-shot\",\"approach\":\"zero-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{}}"),
                    pin(
                            "route-few-shot-8c5bdc01",
                            "7340d4169a3e63b11a782c5956a1dfcf0087f5431a2aaef3a5bd4c8462f99fa7",
                            "{\"task\":\"route\",\"candidate\":\"few-shot\",\"approach\":\"few-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[3,6],\"settings\":"
                                    + "{}}"),
                    pin(
                            "route-retrieval-265ec22f",
                            "f1a64f4d87e6c2a91aac327bb4aa6e9fb36a64dd91e8a8d0a173abe2a5a1b12f",
                            "{\"task\":\"route\",\"candidate\":\"retrieval\",\"approach\":\"retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + RETRIEVAL
                                    + "}}"),
                    pin(
                            "route-tuned-ce1a0f1a",
                            "1294027a5f357cddf14e30f3650ec98ee9145479d79b04d4e0275f3cfdc18f4b",
                            "{\"task\":\"route\",\"candidate\":\"tuned\",\"approach\":\"tune\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{"
                                    + TUNE
                                    + "}}"),
                    pin(
                            "route-tuned-retrieval-40ce9b69",
                            "3713a92ae0d4d2739a6fb929c763970f77698daf115495dd77a710e94f14f47c",
                            "{\"task\":\"route\",\"candidate\":\"tuned+retrieval\",\"approach\":\"tune+retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + TUNE
                                    + ","
                                    + RETRIEVAL
                                    + ",\"own_training\":false}}"),
                    pin(
                            "route-long-context-cf5b7adf",
                            "6a7720d8ffb392ee83451ab362d5e06a64d5f6bcbac592031e0df522a4574116",
                            "{\"task\":\"route\",\"candidate\":\"long-context\",\"approach\":\"long-context\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{\"drop_injections\":false}}"),
                    pin(
                            "route-few-shot-retrieval-82d92a4f",
                            "4c47eab6ec8d941e840c1aa74435f7641396afd4ff921d80c5a3c85776cc5c1f",
                            "{\"task\":\"route\",\"candidate\":\"few-shot+retrieval\",\"approach\":\"few-shot+retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + RETRIEVAL
                                    + ",\"few_shot\":{\"counts\":[3,6]}}}"),
                    pin(
                            "answer-zero-shot-5870adc4",
                            "8abb715b8fb65f962a565715c9b91274ec96d859aa36dda3709868286652c768",
                            "{\"task\":\"answer\",\"candidate\":\"zero-shot\",\"approach\":\"zero-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{}}"),
                    pin(
                            "answer-few-shot-0fa825d3",
                            "c4b4f65f3479e852c6797a46d956f32e8ee82c88d772eb4a3d601a1f61d29888",
                            "{\"task\":\"answer\",\"candidate\":\"few-shot\",\"approach\":\"few-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[3,6],\"settings\":"
                                    + "{}}"),
                    pin(
                            "answer-retrieval-be72d76a",
                            "0c45927e07322699035d59df6d6704ca18dc6f6871e9d89746e0ae2a520b86e3",
                            "{\"task\":\"answer\",\"candidate\":\"retrieval\",\"approach\":\"retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + RETRIEVAL
                                    + "}}"),
                    pin(
                            "answer-tuned-ea395b5e",
                            "104cfed6f6b44b7a24890a0b9a2f78030141b37a8670b7063256249634f2c410",
                            "{\"task\":\"answer\",\"candidate\":\"tuned\",\"approach\":\"tune\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{"
                                    + SHORT_TUNE
                                    + "}}"),
                    pin(
                            "answer-tuned-retrieval-e29e4732",
                            "a28f0dbe664beb6891301e254877bde2d7bee162879f109aec47e93df1d656a2",
                            "{\"task\":\"answer\",\"candidate\":\"tuned+retrieval\",\"approach\":\"tune+retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + SHORT_TUNE
                                    + ","
                                    + RETRIEVAL
                                    + ",\"own_training\":true}}"),
                    pin(
                            "answer-long-context-d49a6eb4",
                            "4d3e824369b959c286cad08dffd553536af4a91dc9f13148394b20a34ae20439",
                            "{\"task\":\"answer\",\"candidate\":\"long-context\",\"approach\":\"long-context\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{\"drop_injections\":false}}"),
                    pin(
                            "answer-few-shot-retrieval-f313430e",
                            "9c03a791782f5c1e871ecb4d4aa77dd5b1136b8072c26a414bff9ca97a3bf765",
                            "{\"task\":\"answer\",\"candidate\":\"few-shot+retrieval\",\"approach\":\"few-shot+retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + RETRIEVAL
                                    + ",\"few_shot\":{\"counts\":[3,6]}}}"));

    private static final List<ApproachName> NAMES =
            Stream.of(
                            "zero-shot",
                            "few-shot",
                            "retrieval",
                            "tune",
                            "tune+retrieval",
                            "long-context",
                            "few-shot+retrieval")
                    .map(ApproachName::of)
                    .toList();

    private static Path sample() {
        var folder = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(folder.resolve("samples/helpdesk"))) {
            folder = Objects.requireNonNull(folder.getParent());
        }
        return folder.resolve("samples/helpdesk");
    }

    @Test
    void eachApproachHasTheRecipeAndTheRunsThatItAlwaysHad() {
        var folder = sample();
        var project = ProjectFile.read(folder);
        var made =
                project.tasks().stream()
                        .flatMap(task -> {
                            var data = TaskExamples.read(task);
                            return NAMES.stream()
                                    .map(name -> {
                                        var planned =
                                                new Planned(
                                                        project,
                                                        task,
                                                        data,
                                                        name,
                                                        Optional.empty());
                                        return pin(
                                                planned.id(planned.key(Map.of("model", "m"))),
                                                Sha256.of(
                                                        RunJson.line(
                                                                RecordedSettings.of(
                                                                        planned, folder))),
                                                RunJson.line(planned.recipe()));
                                    });
                        });
        assertThat(made).containsExactlyElementsOf(PINS);
    }
}
