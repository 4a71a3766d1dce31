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
                            "128630ca9c2cdda030f744e7ccdf4b3f45fc33dff1c42f0e358e7791a276040e",
                            "{\"task\":\"route\",\"candidate\":\"zero-shot\",\"approach\":\"zero-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{}}"),
                    pin(
                            "route-few-shot-8c5bdc01",
                            "0889fd1d0acb5ec43e4007c48774dd22f9761289254b589691360748221555f1",
                            "{\"task\":\"route\",\"candidate\":\"few-shot\",\"approach\":\"few-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[3,6],\"settings\":"
                                    + "{}}"),
                    pin(
                            "route-retrieval-265ec22f",
                            "ed4c3fa36711eb6d3f270e350e4a384ea440cd696faec7d6df7f38ad75322eda",
                            "{\"task\":\"route\",\"candidate\":\"retrieval\",\"approach\":\"retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + RETRIEVAL
                                    + "}}"),
                    pin(
                            "route-tuned-ce1a0f1a",
                            "a5acb9d0bbc631596399b4d9a96ea2653e17fac86d97bf27408a8af7faf8ee6c",
                            "{\"task\":\"route\",\"candidate\":\"tuned\",\"approach\":\"tune\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{"
                                    + TUNE
                                    + "}}"),
                    pin(
                            "route-tuned-retrieval-40ce9b69",
                            "18d27eb040d00c4c6089a72db8c7e61f60efd2648402f704067bfa5b9903d046",
                            "{\"task\":\"route\",\"candidate\":\"tuned+retrieval\",\"approach\":\"tune+retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + TUNE
                                    + ","
                                    + RETRIEVAL
                                    + ",\"own_training\":false}}"),
                    pin(
                            "route-long-context-cf5b7adf",
                            "e83a301834391eb4f76e7cbad74c536f39e161eb0eaecea04fc3d0a3410a7b12",
                            "{\"task\":\"route\",\"candidate\":\"long-context\",\"approach\":\"long-context\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{\"drop_injections\":false}}"),
                    pin(
                            "answer-zero-shot-5870adc4",
                            "39c2654293e0f8e661421eacfe52ecae96671aa1470b3b9a2207004ef8b10884",
                            "{\"task\":\"answer\",\"candidate\":\"zero-shot\",\"approach\":\"zero-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{}}"),
                    pin(
                            "answer-few-shot-0fa825d3",
                            "b4887bb834fdaf59f28feb0c5ca4c5fb70442ea2dadcf7e7bb6ddc5c5a584361",
                            "{\"task\":\"answer\",\"candidate\":\"few-shot\",\"approach\":\"few-shot\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[3,6],\"settings\":"
                                    + "{}}"),
                    pin(
                            "answer-retrieval-be72d76a",
                            "f5302dc30c951d656e6a9cb68b04a379e13859c9701a99514c8d4ae19be0073d",
                            "{\"task\":\"answer\",\"candidate\":\"retrieval\",\"approach\":\"retrieval\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[1,2],\"settings\":"
                                    + "{"
                                    + RETRIEVAL
                                    + "}}"),
                    pin(
                            "answer-tuned-ea395b5e",
                            "3190afd52df3df44a7e01e8a3174f370557c7caca54a26aa8bf5198f49801879",
                            "{\"task\":\"answer\",\"candidate\":\"tuned\",\"approach\":\"tune\",\"model\":\"smollm2-135m-instruct\",\"seed\":1,\"choices\":[],\"settings\":"
                                    + "{"
                                    + SHORT_TUNE
                                    + "}}"),
                    pin(
                            "answer-tuned-retrieval-e29e4732",
                            "80c769e0a499d1fe9423f9a9d1744a50226f9420466ff733e63bc4daf7956d00",
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
                                    + "{\"drop_injections\":false}}"));

    private static final List<ApproachName> NAMES =
            Stream.of(
                            "zero-shot",
                            "few-shot",
                            "retrieval",
                            "tune",
                            "tune+retrieval",
                            "long-context")
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
