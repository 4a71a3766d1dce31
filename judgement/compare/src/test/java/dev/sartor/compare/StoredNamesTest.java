package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.run.AdapterRecipe;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.project.setting.LossOn;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a version of November 2026 stored under the former names of keys and values, of the project below in these names,
/// lies in `former/runs`: it is found, read, and not made anew.
class StoredNamesTest {
    private static final String HEAD =
            """
            name: desk
            documents: documents
            approaches: [retrieval, tune, tune+retrieval]
            retrieval: {passages: [1, 2], bm25_weight: 0.5}
            tune: {rank: 8, rslora: true, target_modules: [q_proj], layers_to_transform: [0], modules_to_save: [lm_head], max_grad_norm: 0.5, micro_batch_tokens: 512, gradient_checkpointing: true, loss_on: last_turn, eval_steps: 1, early_stopping_patience: 2, save_steps: 7, max_forgetting: 1}
            tasks:
            """;

    private static final String ROUTE =
            """
              - name: route
                instruction: Say which team the message is for.
                labels: [billing, repair, other]
                margin: 0.08
                train: route/train.jsonl
                validation: route/validation.jsonl
                test: route/test.jsonl
                tune: {search: {method: random, trials: 4, budget: 2, space: {rslora: [false, true], max_grad_norm: [0.3, 1]}}}
            """;

    private static final String ANSWER =
            """
              - name: answer
                instruction: Answer from the handbook.
                unanswerable: unknown
                train: answer/train.jsonl
                validation: answer/validation.jsonl
                test: answer/test.jsonl
            """;

    private static final String TRAININGS =
            """
            trainings:
              - {name: prose, objective: causal_lm, fim_rate: 0.5, train: texts.jsonl}
              - {name: hidden, objective: masked_lm, train: texts.jsonl}
              - {name: tone, objective: dpo, dpo_beta: 0.2, train: preferences.jsonl}
              - {name: near, objective: contrastive, train: pairs.jsonl}
              - {name: order, objective: cross_encoder, hard_negatives: random, train: pairs.jsonl}
              - {name: order-words, objective: cross_encoder, train: pairs.jsonl}
            """;

    @TempDir Path folder;

    private Desk desk;

    @BeforeEach
    void lay() throws Exception {
        desk = new Desk(folder);
        write("texts.jsonl", "{\"text\": \"One.\"}\n{\"text\": \"Two.\"}\n");
        write(
                "preferences.jsonl",
                "{\"prompt\": \"Hello\", \"chosen\": \"Good day.\", \"rejected\": \"What?\"}\n");
        write(
                "pairs.jsonl",
                """
                {"anchor": "Who?", "positive": "Ann."}
                {"anchor": "Why?", "positive": "So.", "negative": "Now."}
                """);
        var former = Path.of(StoredNamesTest.class.getResource("/former/runs").toURI());
        try (var all = Files.walk(former)) {
            for (var file : all.toList()) {
                var to = folder.resolve("runs").resolve(former.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(to);
                } else {
                    Files.copy(file, to);
                }
            }
        }
    }

    private void write(String file, String text) {
        AtomicFile.write(folder.resolve(file), text);
    }

    @Test
    void runsAreFound() throws IOException {
        var before = runs();
        desk.compare(HEAD + ANSWER);
        assertThat(runs())
                .isEqualTo(before)
                .containsExactly(
                        "answer-retrieval-36b3d20b",
                        "answer-tuned-3a24440c",
                        "answer-tuned-retrieval-261fc8b7");
        assertThat(desk.engines.trainings).isZero();
        assertThat(desk.engines.asked).isEmpty();
    }

    private List<String> runs() throws IOException {
        try (var all = Files.list(folder.resolve("runs"))) {
            return all.map(each -> String.valueOf(each.getFileName()))
                    .filter(each -> each.startsWith("answer-"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void aSearchIsGoneOnWith() {
        var project = desk.project(HEAD + ROUTE);
        var outcome = new TaskTuning(project, folder, desk.circumstances()).run("route");
        assertThat(desk.engines.trainings).isZero();
        assertThat(outcome.folder()).hasFileName("route-ef31b676");
        assertThat(outcome.search().orElseThrow().folder()).hasFileName("route-6278da36");
        assertThat(outcome.search().orElseThrow().yaml())
                .contains("tune:\n  rslora: false\n  max_grad_norm: 1");
    }

    @Test
    void trainingsThatAreNoTasksAreFound() {
        var project = desk.project(HEAD + ANSWER + TRAININGS);
        var folders =
                project.trainings().stream()
                        .map(each -> new Trainings(project, folder, desk.circumstances()).run(each))
                        .map(outcome -> String.valueOf(outcome.folder().getFileName()))
                        .toList();
        assertThat(desk.engines.trainings).isZero();
        assertThat(folders)
                .containsExactly(
                        "prose-344d95c0",
                        "hidden-f2a7f5ed",
                        "tone-e9174efb",
                        "near-01ba555d",
                        "order-2f9bf89d",
                        "order-words-43a8d320");
    }

    @Test
    void whatIsReadHasThePresentNames() {
        var run = Runs.of(folder).find("answer/tuned+retrieval");
        assertThat(run.recipe().settings().toString())
                .contains("rslora=true", "loss_on=LAST_TURN", "bm25_weight=0.5")
                .doesNotContain("rank_stabilised", "word_weight", "LAST,");
        var recipe = AdapterRecipe.read(folder.resolve("runs/adapters/order-2f9bf89d"));
        assertThat(recipe.orElseThrow().settings())
                .containsEntry("objective", "cross_encoder")
                .containsEntry("hard_negatives", "random")
                .containsEntry("loss_on", "LAST_TURN")
                .containsEntry("max_grad_norm", 0.5)
                .doesNotContainKeys("learns", "negatives_from", "learn", "max_norm");
    }

    @Test
    void whatWasMadeOfFormerNamesIsMadeAgain() {
        Stream.of("answer/tuned+retrieval", "tone", "order")
                .forEach(name -> {
                    var recorded = Recorded.find(folder, name).getFirst();
                    var project = recorded.project();
                    assertThat(project.tune().rows().lossOn()).isEqualTo(LossOn.LAST_TURN);
                    assertThat(project.tune().lora().targetModules()).containsExactly("q_proj");
                    new Repetition(recorded, project, desk.circumstances()).run(true);
                });
        assertThat(desk.engines.trainings).isEqualTo(3);
    }
}
