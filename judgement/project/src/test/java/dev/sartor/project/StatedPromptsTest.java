package dev.sartor.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StatedPromptsTest {
    private static final String TRIED = "approaches: [zero-shot]\n";

    @TempDir Path folder;

    private ProjectFolder project = new ProjectFolder(Path.of(""));
    private PromptVersions versions = PromptVersions.of(Path.of(""), "");

    @BeforeEach
    void make() {
        project = ProjectFolder.in(folder);
        versions = PromptVersions.of(folder, "route");
    }

    private String kept(PromptContent content) {
        return versions.write(
                        new PromptVersion(
                                content, Optional.empty(), Optional.empty(), Instant.EPOCH))
                .id();
    }

    private TaskSettings task(String prompt) {
        return project.read(ProjectFolder.TASK + "    " + prompt + "\n" + TRIED).tasks().getFirst();
    }

    @Test
    void aVersionCountsInPlaceOfTheInstructionAndTheTexts() {
        var content =
                PromptContent.of("Which team?")
                        .with(new PromptContent.Texts("{{ instruction }}", "Q: {{ question }}"));
        var task = task("prompt: " + kept(content));
        assertThat(task.task().instruction()).isEqualTo("Which team?");
        assertThat(task.content()).isEqualTo(content);
        assertThat(task.template().version()).isEqualTo(content.template().version());
        assertThat(task.isVersioned()).isTrue();
        assertThat(task.followsPromoted()).isFalse();
    }

    @Test
    void thePromotedVersionCountsWhicheverItIs() {
        var first = kept(PromptContent.of("First."));
        var second = kept(PromptContent.of("Second."));
        versions.promote(first);
        assertThat(task("prompt: promoted").content().id()).isEqualTo(first);
        versions.promote(second);
        var task = task("prompt: promoted");
        assertThat(task.content().id()).isEqualTo(second);
        assertThat(task.followsPromoted()).isTrue();
    }

    @Test
    void withoutOneTheFileIsAVersionOfItsOwn() {
        var plain = project.read(ProjectFolder.TASK + TRIED).tasks().getFirst();
        assertThat(plain.content())
                .isEqualTo(PromptContent.of("Say which team the message is for."));
        assertThat(plain.isVersioned()).isFalse();
        var own = task("prompt: {system: '{{ instruction }}', user: '{{ question }}'}");
        assertThat(own.content().texts()).isPresent();
        assertThat(own.content().id()).isNotEqualTo(plain.content().id());
    }

    @Test
    void whatIsNotThereIsRefusedByLineWithTheNextStep() {
        assertThatThrownBy(() -> task("prompt: 0123456789ab"))
                .message()
                .startsWith("sartor.yaml:9: tasks[0].prompt: task 'route' has no prompt version")
                .contains("`sartor prompts new` makes one");
        assertThatThrownBy(() -> task("prompt: promoted"))
                .hasMessageContaining("sartor.yaml:9: tasks[0].prompt: no version")
                .hasMessageContaining("sartor prompts promote route VERSION");
        assertThatThrownBy(() -> task("prompt: the best one"))
                .hasMessageContaining("tasks[0].prompt must be promoted, the id of a version")
                .hasMessageContaining("got the best one");
    }

    @Test
    void anEditedVersionIsRefused() {
        var id = kept(PromptContent.of("First."));
        AtomicFile.write(versions.file(id), "{\"instruction\": \"Other.\"}");
        assertThatThrownBy(() -> task("prompt: " + id)).hasMessageContaining("was edited");
    }

    @Test
    void theFileAloneIsReadWhereAVersionIsNotThere() {
        AtomicFile.write(
                folder.resolve(Project.FILE),
                ProjectFolder.TASK + "    prompt: promoted\n" + TRIED);
        assertThat(ProjectFile.stated(folder).tasks().getFirst().followsPromoted()).isTrue();
    }

    @Test
    void editorsKnowAllThreeForms() {
        var schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                        .getSchema(ProjectSchema.text());
        for (var good :
                new String[] {
                    "promoted",
                    "0a2b45678901",
                    "{system: a, user: '{{ question }}'}",
                    "123456789012"
                }) {
            assertThat(
                            schema.validate(
                                    ProjectFolder.TASK + "    prompt: " + good + "\n",
                                    InputFormat.YAML))
                    .as(good)
                    .isEmpty();
        }
        assertThat(schema.validate(ProjectFolder.TASK + "    prompt: best\n", InputFormat.YAML))
                .isNotEmpty();
    }
}
