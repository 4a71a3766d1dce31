package dev.sartor.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.project.setting.LossOn;
import dev.sartor.project.setting.RenamedKeys;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Keys that had other names before, on the sample's file as it could have been written then, with every one of them.
class RenamedKeysTest {
    @TempDir Path folder;

    private String former = "";

    @BeforeEach
    void lay() throws IOException {
        former = resource("/former/sartor.yaml");
        AtomicFile.write(folder.resolve(Project.FILE), former);
        Files.createDirectories(folder.resolve("documents"));
        for (var rows : List.of("route/train", "route/validation", "route/test", "texts")) {
            AtomicFile.write(folder.resolve(rows + ".jsonl"), "{\"text\": \"a\"}\n");
        }
    }

    private static String resource(String name) throws IOException {
        try (var in = RenamedKeysTest.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static List<String[]> table() throws IOException {
        return resource("/dev/sartor/project/setting/renamed.tsv")
                .lines()
                .skip(1)
                .map(line -> line.split("\t", -1))
                .toList();
    }

    @Test
    void everyFormerKeyIsRefusedWithItsPresentName() throws IOException {
        assertThatThrownBy(() -> ProjectFile.read(folder))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        refusal -> assertThat(refusal.kind()).isEqualTo(SartorException.Kind.USER))
                .hasMessageContaining(
                        "sartor.yaml:17: retrieval.word_weight is renamed to bm25_weight: run `sartor check --fix`.")
                .hasMessageContaining(
                        "tasks[0].tune.search.space.max_norm is renamed to max_grad_norm: run")
                .message()
                .doesNotContain("is missing", "none of its values", "unknown key")
                .satisfies(message -> {
                    for (var line : table()) {
                        if (!line[1].contains(": ")) {
                            assertThat(message)
                                    .containsPattern(
                                            line[0]
                                                    + "(\\[\\d])?\\."
                                                    + line[1]
                                                    + " is renamed to "
                                                    + line[2]
                                                    + ":");
                        }
                    }
                });
    }

    @Test
    void aFixRenamesThemInPlaceAndKeepsTheFileAsItWas() throws IOException {
        var said = ProjectFix.fix(folder);
        var fixed = Files.readString(folder.resolve(Project.FILE));
        assertThat(folder.resolve("sartor.yaml.old")).content().isEqualTo(former);
        var expected = former;
        for (var line : table()) {
            var now = line[2].substring(line[2].lastIndexOf(' ') + 1);
            if (line[1].contains(": ")) {
                var parts = line[1].split(": ", -1);
                assertThat(said)
                        .anySatisfy(each -> assertThat(each).endsWith(parts[1] + " → " + now));
            } else {
                assertThat(said)
                        .anySatisfy(each -> assertThat(each).endsWith(line[1] + " → " + now));
                expected = expected.replaceAll("(?<![\\w.])" + line[1] + "(?='?\"?:)", line[2]);
            }
        }
        expected =
                expected.replace("objective: text ", "objective: causal_lm ")
                        .replace("objective: words", "objective: masked_lm")
                        .replace("objective: preferences", "objective: dpo")
                        .replace("objective: \"meanings\"", "objective: \"contrastive\"")
                        .replace("objective: relevance", "objective: cross_encoder")
                        .replace("hard_negatives: chance", "hard_negatives: random")
                        .replace("hard_negatives: words", "hard_negatives: bm25")
                        .replace("loss_on: last ", "loss_on: last_turn ")
                        .replace("loss_on: all,", "loss_on: all_turns,");
        assertThat(fixed).isEqualTo(expected).contains("# the last two", "word_weight is named");
        assertThat(said).as("and where the file was kept").hasSize(37);
        assertThat(said.getLast()).isEqualTo("The file as it was is kept as sartor.yaml.old.");
        var project = ProjectFile.read(folder);
        assertThat(project.tune().rows().lossOn()).isEqualTo(LossOn.LAST_TURN);
        assertThat(project.trainings())
                .extracting(Training::objective)
                .containsExactly(
                        Training.Objective.CAUSAL_LM,
                        Training.Objective.MASKED_LM,
                        Training.Objective.DPO,
                        Training.Objective.CONTRASTIVE,
                        Training.Objective.CROSS_ENCODER,
                        Training.Objective.CROSS_ENCODER);
        assertThat(ProjectFix.fix(folder)).as("a second time").isEmpty();
        assertThat(folder.resolve("sartor.yaml.old2")).doesNotExist();
    }

    @Test
    void aFormerValueUnderThePresentKeyIsRefusedAndFixed() throws IOException {
        var yaml = "name: d\ntune: {loss_on: last}\n";
        AtomicFile.write(folder.resolve(Project.FILE), yaml);
        assertThatThrownBy(() -> ProjectFile.read(folder))
                .hasMessageContaining(
                        "tune.loss_on: 'last' is renamed to 'last_turn': run `sartor check --fix`.");
        assertThat(ProjectFix.fix(folder))
                .containsExactly(
                        "sartor.yaml:2: tune.loss_on: last → last_turn",
                        "The file as it was is kept as sartor.yaml.old.");
        assertThat(folder.resolve(Project.FILE))
                .content()
                .isEqualTo(yaml.replace("last", "last_turn"));
    }

    @Test
    void aKeyByBothOfItsNamesIsLeftToThePerson() throws IOException {
        var yaml = "tune: {max_norm: 1, max_grad_norm: 2}\n";
        AtomicFile.write(folder.resolve(Project.FILE), yaml);
        assertThatThrownBy(() -> ProjectFix.fix(folder))
                .hasMessageContaining(
                        "sartor.yaml:1: tune.max_norm is max_grad_norm by its former name, and both stand here. Keep one of them.");
        assertThat(folder.resolve(Project.FILE)).content().isEqualTo(yaml);
        assertThat(folder.resolve("sartor.yaml.old")).doesNotExist();
    }

    @Test
    void anOlderCopyIsNotReplaced() throws IOException {
        AtomicFile.write(folder.resolve("sartor.yaml.old"), "mine");
        assertThat(ProjectFix.fix(folder))
                .contains("The file as it was is kept as sartor.yaml.old2.");
        assertThat(folder.resolve("sartor.yaml.old")).hasContent("mine");
    }

    @Test
    void storedSettingsAreReadAndDigestedUnderTheirFormerNames() throws IOException {
        var all = new ArrayList<String>();
        for (var line : table()) {
            if (!line[1].contains(": ")) {
                var old = Map.<String, Object>of(line[0], Map.of(line[1], 1));
                var now = Map.<String, Object>of(line[0], Map.of(line[2], 1));
                assertThat(RenamedKeys.current(old)).isEqualTo(now);
                assertThat(RenamedKeys.current(now)).isEqualTo(now);
                assertThat(RenamedKeys.former(now)).isEqualTo(old);
                all.add(line[1]);
            }
        }
        assertThat(all).hasSize(19);
        assertThat(RenamedKeys.former(Map.of("loss_on", "ALL_TURNS"), "tune"))
                .isEqualTo(Map.of("learn", "ALL"));
        assertThat(RenamedKeys.current(Map.of("learns", "text", "beta", 0.1), "trainings"))
                .isEqualTo(Map.of("objective", "causal_lm", "dpo_beta", 0.1));
        assertThat(RenamedKeys.current(Map.of("retrieval", Map.of("modules", 1))))
                .as("a key of another section")
                .isEqualTo(Map.of("retrieval", Map.of("modules", 1)));
    }
}
