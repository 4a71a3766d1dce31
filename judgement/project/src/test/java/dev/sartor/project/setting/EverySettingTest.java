package dev.sartor.project.setting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sartor.model.file.Networks;
import dev.sartor.project.Project;
import dev.sartor.project.ProjectFolder;
import dev.sartor.project.ProjectReference;
import dev.sartor.project.ProjectSchema;
import dev.sartor.project.Training;
import dev.sartor.project.yaml.FileProblems;
import dev.sartor.project.yaml.Range;
import dev.sartor.project.yaml.YamlSource;
import dev.sartor.tune.TuneSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/// What holds for every key of the project file, whichever is added next.
class EverySettingTest {
    private static final List<Class<?>> RECORDS =
            List.of(
                    Project.class,
                    TaskSettings.class,
                    TaskSettings.Columns.class,
                    FewShotSettings.class,
                    PassageSettings.class,
                    TuningSettings.class,
                    SearchSettings.class,
                    SearchSpace.class,
                    PrivacySettings.class,
                    Training.class,
                    CombinedSettings.class,
                    PromptSettings.class,
                    Remote.class,
                    Costs.class,
                    ValueSettings.class);

    /// A section of the project whose numbers can be written alone.
    private static final Map<String, Class<?>> SECTIONS =
            Map.of(
                    "few_shot",
                    FewShotSettings.class,
                    "retrieval",
                    PassageSettings.class,
                    "tune",
                    TuningSettings.class,
                    "costs",
                    Costs.class);

    record Wrong(String section, String key, String value, String rule) {
        String yaml() {
            return section + ": {" + key + ": " + value + "}\n";
        }
    }

    @TempDir Path folder;

    private ProjectFolder project;

    @BeforeEach
    void makeData() {
        project = ProjectFolder.in(folder);
    }

    private static List<SettingKey> keys() {
        return RECORDS.stream().flatMap(record -> SettingKey.of(record).stream()).toList();
    }

    static List<Wrong> outside() {
        var wrong = new ArrayList<Wrong>();
        SECTIONS.forEach((section, record) -> {
            for (var key : SettingKey.of(record)) {
                var setting = key.setting();
                var rule = Range.of(setting);
                var isList = key.component().getType() == List.class;
                if (rule.isEmpty() || key.component().getType() == Map.class) {
                    continue;
                }
                long below = (long) Math.floor(setting.least()) - (setting.above() ? 0 : 1);
                wrong.add(new Wrong(section, key.key(), value(below, isList), rule));
                if (setting.most() != Double.POSITIVE_INFINITY) {
                    long above = (long) Math.floor(setting.most()) + 1;
                    wrong.add(new Wrong(section, key.key(), value(above, isList), rule));
                }
            }
        });
        return wrong;
    }

    private static String value(long number, boolean isList) {
        return isList ? "[" + number + "]" : Long.toString(number);
    }

    @ParameterizedTest
    @MethodSource("outside")
    void aNumberOutsideItsRangeIsRefusedWithTheRange(Wrong wrong) {
        assertThatThrownBy(() ->
                        project.read(wrong.yaml() + ProjectFolder.TASK + "approaches: [tune]\n"))
                .message()
                .startsWith("sartor.yaml:1: " + wrong.section() + "." + wrong.key())
                .contains(" must be " + wrong.rule() + ", got ");
    }

    @ParameterizedTest
    @MethodSource("outside")
    void anEditorRefusesWhatTheReaderRefuses(Wrong wrong) {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(ProjectSchema.text());
        assertThat(schema.validate(wrong.yaml() + ProjectFolder.TASK, InputFormat.YAML))
                .singleElement()
                .satisfies(error ->
                        assertThat(error.getInstanceLocation().toString())
                                .startsWith("/" + wrong.section() + "/" + wrong.key()));
    }

    @Test
    void everyKeySaysWhatItDoesInASentenceAndShowsAValue() {
        for (var key : keys()) {
            assertThat(key.setting().means()).as(key.key()).endsWith(".").hasSizeGreaterThan(15);
            assertThat(key.setting().example()).as(key.key()).isNotBlank();
            assertThat(key.setting().pattern().isEmpty())
                    .as(key.key())
                    .isEqualTo(key.setting().rule().isEmpty());
        }
    }

    @Test
    void everyDefaultIsAValueThatTheReaderAccepts() {
        for (var record :
                List.of(
                        FewShotSettings.class,
                        PassageSettings.class,
                        TuningSettings.class,
                        Costs.class)) {
            var problems = new FileProblems("x");
            var binder = new YamlBinder(folder, problems);
            assertThat(binder.record((MappingNode) YamlSource.fragment("{}"), record, "x"))
                    .isPresent();
            assertThat(problems.isEmpty()).isTrue();
        }
    }

    @Test
    void theReferenceNamesEveryKey() {
        var page = ProjectReference.text();
        for (var key : keys()) {
            assertThat(page).contains("| `" + key.key() + "` |");
        }
    }

    @Test
    void theUsualTrainingIsTheTuningRoomsOwn() {
        var binder = new YamlBinder(folder, new FileProblems("x"));
        var settings =
                binder.record((MappingNode) YamlSource.fragment("{}"), TuningSettings.class, "x")
                        .orElseThrow();
        assertThat(settings.recipe(Networks.Kind.DECODER, 0)).isEqualTo(TuneSettings.usual());
    }
}
