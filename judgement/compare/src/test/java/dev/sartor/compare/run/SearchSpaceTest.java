package dev.sartor.compare.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sartor.model.file.Networks;
import dev.sartor.project.ProjectFolder;
import dev.sartor.project.ProjectSchema;
import dev.sartor.tune.trainer.Dimension;
import dev.sartor.tune.trainer.SettingsSearch;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How a search stands in the project file.
class SearchSpaceTest {
    @TempDir Path folder;

    private ProjectFolder project;

    @BeforeEach
    void makeData() {
        project = ProjectFolder.in(folder);
    }

    private static String yaml(String search) {
        return ProjectFolder.TASK
                + "approaches: [tune]\ntune:\n  epochs: 2\n  search: "
                + search
                + "\n";
    }

    @Test
    void listsAreChoicesAndRangesHaveAScale() {
        var search =
                project.read(
                                yaml(
                                        "{method: random, seed: 3, space: {learning_rate: {from: 1e-4, to: 1e-2, scale: log}, rank: [8, 16, 32], epochs: {from: 2, to: 5}, dora: [false, true], schedule: [cosine, linear]}}"))
                        .tune()
                        .search()
                        .orElseThrow();
        assertThat(search.method()).isEqualTo(SettingsSearch.Method.RANDOM);
        assertThat(search.trials()).isEqualTo(16);
        assertThat(search.seed()).contains(3L);
        assertThat(search.halving().cost())
                .isCloseTo(4, org.assertj.core.api.Assertions.within(1e-6));
        assertThat(search.space().dimensions())
                .containsExactly(
                        new Dimension.Range("learning_rate", 1e-4, 1e-2, true, false),
                        new Dimension.Choice("rank", List.of("8", "16", "32")),
                        new Dimension.Choice("dora", List.of("false", "true")),
                        new Dimension.Choice("schedule", List.of("cosine", "linear")),
                        new Dimension.Range("epochs", 2, 5, false, true));
    }

    @Test
    void aTaskInheritsTheSearchAndChangesPartsOfIt() {
        var read =
                project.read(
                        yaml("{trials: 8, budget: 2, space: {rank: {from: 4, to: 64, scale: log}}}")
                                .replace(
                                        "    test: test.jsonl\n",
                                        "    test: test.jsonl\n    tune: {search: {trials: 6}}\n"));
        var own = read.tasks().getFirst().tune().search().orElseThrow();
        assertThat(own.trials()).isEqualTo(6);
        assertThat(own.budget()).isEqualTo(2);
        assertThat(own.space()).isEqualTo(read.tune().search().orElseThrow().space());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {space: {learning_rte: [1, 2]}}                      | unknown key 'learning_rte' under tune.search.space. Did you mean 'learning_rate'?
                    {space: {rank: 8}}                                   | tune.search.space.rank must be a list of values or a range {from, to, scale}, such as [8, 16, 32]. A single value stands under tune itself.
                    {space: {rank: [8]}}                                 | tune.search.space.rank must name at least two values, got [8]. A single value stands under tune itself.
                    {space: {rank: [8, 16, 8]}}                          | tune.search.space.rank[2] stands there twice. Keep one of them.
                    {space: {rank: [8, 4096]}}                           | tune.search.space.rank[1] must be 1 to 2048, got 4096. 16 suits most tasks.
                    {space: {rank: {from: 8, to: 4096}}}                 | tune.search.space.rank.to must be 1 to 2048, got 4096. 16 suits most tasks.
                    {space: {rank: {from: 32, to: 8}}}                   | tune.search.space.rank.from must be less than its to (8), got 32. Swap them, or write a single value under tune itself.
                    {space: {warmup: {from: 0, to: 0.2, scale: log}}}    | tune.search.space.warmup.from must be more than 0 with 'scale: log', got 0. Begin above 0, or choose 'scale: linear'.
                    {space: {warmup: {from: 0, to: 0.2, scale: lin}}}    | tune.search.space.warmup.scale: 'lin' is none of its values. Known: linear, log.
                    {space: {warmup: {from: 0, two: 0.2}}}               | unknown key 'two' under tune.search.space.warmup. Did you mean 'to'?
                    {space: {warmup: {to: 0.2}}}                         | tune.search.space.warmup.from is missing. A range is {from: 1, to: 9, scale: log}.
                    {space: {dora: {from: 0, to: 1}}}                    | tune.search.space.dora must be a list of values, such as [false, true]. A single value stands under tune itself.
                    {space: {schedule: [cosine, cosin]}}                 | tune.search.space.schedule[1]: 'cosin' is none of its values. Did you mean 'cosine'?
                    {trials: 8}                                          | tune.search.space must name at least one setting, got none. Example: 'space: {learning_rate: {from: 1e-4, to: 1e-2, scale: log}}'.
                    {trials: 8, space: {rank: [8, 16, 32]}}              | tune.search.trials must be at most 3, the number of points in its space, got 8. Lower it, or name more values.
                    {trials: 3, budget: 3.5, space: {rank: [8, 16, 32]}} | tune.search.budget must be at most 3, the number of trials, got 3.5. A quarter of the trials is usual.
                    {models: [tiny]}                                     | tune.search.models must name at least two models, each once, got [tiny]. A single one stands under model itself.
                    {trials: 1, space: {rank: [8, 16, 32]}}              | tune.search.trials must be 2 to 1000, got 1. 16 suits two or three settings.
                    """)
    void aBadSpaceIsNamedWithItsRuleAndTheNextStep(String search, String problem) {
        assertThatThrownBy(() -> project.read(yaml(search)))
                .message()
                .contains("sartor.yaml:12: " + problem);
    }

    @Test
    void aTrainingThatIsNoTasksIsNotSearched() {
        assertThatThrownBy(() ->
                        project.read(
                                ProjectFolder.TASK
                                        + "approaches: [zero-shot]\ntrainings:\n  - name: tone\n    objective: causal_lm\n    train: train.jsonl\n    tune: {search: {space: {rank: [8, 16, 32], epochs: {from: 1, to: 9}}}}\n"))
                .hasMessageContaining(
                        "trainings[0].tune.search is for tasks alone, whose metric decides. Leave it out.");
    }

    @Test
    void whatIsTriedIsTheFilesSettingsButForTheSpace() {
        var tune =
                project.read(yaml("{trials: 4, budget: 2, space: {rank: {from: 4, to: 64}}}"))
                        .tune();
        var tried = tune.with(Map.of("rank", "8", "learning_rate", "2e-4", "schedule", "linear"));
        assertThat(tried.lora().rank()).isEqualTo(8);
        assertThat(tried.steps().epochs()).isEqualTo(2);
        assertThat(tried.search()).isEmpty();
        assertThat(tried.recipe(Networks.Kind.DECODER, 0).schedule().learningRate())
                .isEqualTo(2e-4);
    }

    @Test
    void aSearchChangesNothingAboutWhatATrainingIsKnownBy() {
        var with = project.read(yaml("{trials: 4, budget: 2, space: {rank: {from: 4, to: 64}}}"));
        var without = project.read(ProjectFolder.TASK + "approaches: [tune]\ntune: {epochs: 2}\n");
        assertThat(RunJson.line(with.tune().byContent()))
                .isEqualTo(RunJson.line(without.tune().byContent()))
                .doesNotContain("search");
    }

    @Test
    void anEditorKnowsTheSpace() {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(ProjectSchema.text());
        assertThat(
                        schema.validate(
                                yaml(
                                        "{space: {rank: [8, 16], learning_rate: {from: 1e-4, to: 1e-2, scale: log}}}"),
                                InputFormat.YAML))
                .isEmpty();
        for (var wrong : List.of("[8, 4096]", "[8]", "8", "{from: 8}", "{from: 8, to: 9, by: 1}")) {
            assertThat(schema.validate(yaml("{space: {rank: " + wrong + "}}"), InputFormat.YAML))
                    .as(wrong)
                    .isNotEmpty();
        }
    }
}
