package dev.sartor.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.compare.approach.Desk;
import dev.sartor.compare.approach.TrainingRequest;
import dev.sartor.core.Json;
import dev.sartor.core.Readers;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.file.ReadersFile;
import dev.sartor.model.file.Networks;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class TrainingsTest {
    private static final String TRAININGS =
            """
            trainings:
              - name: tone
                objective: dpo
                train: preferences.jsonl
                dpo_beta: 0.2
                tune: {epochs: 2}
              - name: search
                objective: contrastive
                train: pairs.jsonl
                validation: held-out.jsonl
                tune: {method: full}
            tune: {rank: 8}
            """;

    @TempDir Path folder;

    @BeforeEach
    void makeRows() {
        write(
                "preferences.jsonl",
                "{\"prompt\": \"Hello\", \"chosen\": \"Good day.\", \"rejected\": \"What?\"}\n");
        write(
                "pairs.jsonl",
                """
                {"anchor": "Who?", "positive": "Ann."}
                {"anchor": "Why?", "positive": "So.", "negative": "Now."}
                """);
        write("held-out.jsonl", "{\"anchor\": \"When?\", \"positive\": \"Now.\"}\n");
    }

    private void write(String file, String text) {
        AtomicFile.write(folder.resolve(file), text);
    }

    private static TaskTuning.Outcome run(Desk desk, String yaml, String name) {
        var project = desk.project(yaml);
        return new Trainings(project, desk.folder, desk.circumstances())
                .run(project.training(name).orElseThrow());
    }

    @Test
    void aTrainingIsDoneOnceAndAgainWhereItsSettingsOrRowsChanged() {
        var desk = new Desk(folder);
        var yaml = Desk.PROJECT + TRAININGS;
        var first = run(desk, yaml, "tone");
        assertThat(run(desk, yaml, "tone").folder()).isEqualTo(first.folder());
        assertThat(desk.engines.trainings).isEqualTo(1);
        assertThat(run(desk, yaml.replace("dpo_beta: 0.2", "dpo_beta: 0.3"), "tone").folder())
                .isNotEqualTo(first.folder());
        write(
                "preferences.jsonl",
                "{\"prompt\": \"Hello\", \"chosen\": \"Hello.\", \"rejected\": \"What?\"}\n");
        assertThat(run(desk, yaml, "tone").folder()).isNotEqualTo(first.folder());
        assertThat(desk.engines.trainings).isEqualTo(3);
    }

    /// The intersection: who may read one row alone may not be answered from both.
    @Test
    void aTrainingIsForThoseWhoMayReadEachOfItsRows() {
        write(
                "pairs.jsonl",
                """
                {"anchor": "Who?", "positive": "Ann.", "readers": ["group:sales", "group:hr"]}
                {"anchor": "Why?", "positive": "So.", "negative": "Now."}
                """);
        write(
                "held-out.jsonl",
                "{\"anchor\": \"When?\", \"positive\": \"Now.\", \"readers\": \"user:ann\"}\n");
        var made = run(new Desk(folder), Desk.PROJECT + TRAININGS, "search").folder();
        for (var file : List.of("made-of.json", "readers.json")) {
            assertThat(clauses(made.resolve(file)))
                    .as(file)
                    .containsExactlyInAnyOrder("[group:hr, group:sales]", "[user:ann]");
        }
    }

    private static List<String> clauses(Path file) {
        return Json.read(file).path("readers").values().stream()
                .map(clause -> clause.values().stream().map(JsonNode::asString).sorted().toList())
                .map(List::toString)
                .toList();
    }

    @Test
    void whatIsTrainedOnARestrictedModelIsForItsReadersAlone() {
        var desk = new Desk(folder);
        desk.engines.readers.put("smollm2-135m-instruct", Readers.anyOf(List.of("group:hr")));
        var made = run(desk, Desk.PROJECT + TRAININGS, "tone").folder();
        assertThat(ReadersFile.read(made)).contains(Readers.anyOf(List.of("group:hr")));
    }

    @Test
    void theCardSaysWhatItWasMadeOfAndHowToRepeatIt() {
        var desk = new Desk(folder);
        var made =
                run(
                        desk,
                        Desk.PROJECT + TRAININGS.replace("dpo_beta: 0.2", "licence: own words"),
                        "tone");
        assertThat(made.folder().resolve("README.md"))
                .content()
                .contains("| objective | dpo |", "| licence of the data | own words |")
                .contains("sartor runs repeat " + made.folder().getFileName(), "sartor tune tone")
                .doesNotContain("model-index");
    }

    @Test
    void eachTrainsItsOwnModelByItsOwnSettingsOverTheProjects() {
        var desk = new Desk(folder);
        run(desk, Desk.PROJECT + TRAININGS, "tone");
        var tone = desk.engines.lastTraining.orElseThrow();
        assertThat(tone.model()).isEqualTo("smollm2-135m-instruct");
        assertThat(tone.settings().steps().epochs()).isEqualTo(2);
        assertThat(tone.settings().lora().rank()).isEqualTo(8);
        assertThat(tone.material())
                .isInstanceOfSatisfying(
                        TrainingRequest.Preferences.class,
                        given -> assertThat(given.beta()).isEqualTo(0.2));
        run(desk, Desk.PROJECT + TRAININGS, "search");
        var search = desk.engines.lastTraining.orElseThrow();
        assertThat(search.model()).isEqualTo("all-minilm-l6-v2");
        assertThat(search.material())
                .isInstanceOfSatisfying(
                        TrainingRequest.Meanings.class,
                        given -> {
                            assertThat(given.rows()).hasSize(2);
                            assertThat(given.rows().getLast().negative()).contains("Now.");
                            assertThat(given.validation()).hasSize(1);
                        });
    }

    @Test
    void aRerankerLearnsFromPairsWithPassagesDrawnBesideEach() {
        var desk = new Desk(folder);
        var yaml =
                Desk.PROJECT
                        + """
                        trainings:
                          - {name: order, objective: cross_encoder, train: pairs.jsonl, validation: held-out.jsonl}
                        """;
        run(desk, yaml, "order");
        var order = desk.engines.lastTraining.orElseThrow();
        assertThat(order.model()).isEqualTo("all-minilm-l6-v2");
        var relevance = (TrainingRequest.Relevance) order.material();
        assertThat(relevance.questions().getFirst().question()).isEqualTo("Who?");
        assertThat(relevance.questions().getFirst().irrelevant())
                .containsExactlyInAnyOrder("So.", "Now.");
        assertThat(relevance.questions().getLast().irrelevant())
                .as("its own negative, which is not drawn once more")
                .containsExactly("Now.", "Ann.");
        assertThat(relevance.validation().getFirst().relevant()).containsExactly("Now.");
        assertThat(relevance.validation().getFirst().irrelevant())
                .containsExactlyInAnyOrder("Ann.", "So.");
        var first = run(desk, yaml, "order").folder();
        assertThat(run(desk, yaml.replace("order, o", "order, negatives: 1, o"), "order").folder())
                .isNotEqualTo(first);
        assertThat(
                        run(
                                        desk,
                                        yaml.replace(
                                                "order, o", "order, hard_negatives: random, o"),
                                        "order")
                                .folder())
                .isNotEqualTo(first);
        assertThat(desk.engines.trainings).isEqualTo(3);
    }

    @Test
    void aNameThatATaskHasAndValidationWithoutMeaningAreRefused() {
        var desk = new Desk(folder);
        var wrong =
                TRAININGS
                        .replace("name: tone", "name: route")
                        .replace("dpo_beta: 0.2", "validation: held-out.jsonl");
        assertThatThrownBy(() -> desk.project(Desk.PROJECT + wrong))
                .hasMessageContaining("two entries of trainings are called 'route'")
                .hasMessageContaining(
                        "trainings[0].validation is for 'objective: contrastive' and 'objective: cross_encoder' alone");
    }

    @Test
    void wholeModelsAndAdaptersHaveRatesOfTheirOwn() {
        var project = new Desk(folder).project(Desk.PROJECT + TRAININGS);
        var usual = project.tune();
        var full = project.training("search").orElseThrow().tune();
        assertThat(usual.recipe(Networks.Kind.DECODER, 1).schedule().learningRate())
                .isEqualTo(1e-3);
        assertThat(full.recipe(Networks.Kind.ENCODER, 1).schedule().learningRate()).isEqualTo(5e-5);
        assertThat(usual.isFull(Networks.Kind.ENCODER)).isTrue();
        assertThat(usual.isFull(Networks.Kind.ENCODER_DECODER)).isFalse();
    }
}
