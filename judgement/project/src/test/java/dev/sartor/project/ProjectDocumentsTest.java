package dev.sartor.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.project.setting.SettingKey;
import dev.sartor.project.setting.TuningSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is made from the project file's records: scaffold, schema, reference.
class ProjectDocumentsTest {
    private static final Path DOCS = Path.of("..", "..", "docs");

    @TempDir Path folder;

    private static Schema schema() {
        return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(ProjectSchema.text());
    }

    @Test
    void theScaffoldIsAProjectWithoutProblems() {
        ProjectScaffold.write(folder, "Ann's desk");
        var project = ProjectFile.read(folder);
        assertThat(project.name()).isEqualTo("Ann's desk");
        assertThat(project.taskNames()).containsExactly("route");
        assertThat(project.tune()).isEqualTo(project.tasks().getFirst().tune());
    }

    @Test
    void theScaffoldSaysWhatEveryKeyDoes() {
        var text = ProjectScaffold.text("desk");
        for (var key : SettingKey.of(TuningSettings.class)) {
            boolean isComment = key.isOptional() || key.setting().fallback().equals("[]");
            assertThat(text).contains("  " + (isComment ? "# " : "") + key.key() + ": ");
        }
        assertThat(text.lines()).allMatch(line -> line.length() <= 100);
    }

    @Test
    void theScaffoldNeverReplacesAProject() {
        AtomicFile.write(folder.resolve(Project.FILE), "name: mine\n");
        assertThatThrownBy(() -> ProjectScaffold.write(folder, "desk"))
                .hasMessageContaining("exists already");
        assertThat(folder.resolve(Project.FILE)).hasContent("name: mine");
    }

    @Test
    void theSchemaAdmitsTheScaffold() {
        assertThat(schema().validate(ProjectScaffold.text("desk"), InputFormat.YAML)).isEmpty();
    }

    @Test
    void theSchemaRefusesWhatTheReaderRefuses() {
        var wrong =
                ProjectScaffold.text("desk")
                        .replace("rank: 16", "rank: 4096")
                        .replace("epochs: 3", "epoch: 3");
        assertThat(schema().validate(wrong, InputFormat.YAML))
                .extracting(error -> error.getInstanceLocation() + " " + error.getKeyword())
                .containsExactlyInAnyOrder("/tune/rank maximum", "/tune additionalProperties");
    }

    /// Run with `-Dsartor.write-docs` to bring the two files up to date.
    @Test
    void theReferenceAndTheSchemaInDocsAreUpToDate() throws IOException {
        if (System.getProperty("sartor.write-docs") != null) {
            AtomicFile.write(DOCS.resolve("project-file.md"), ProjectReference.text());
            AtomicFile.write(DOCS.resolve("sartor.schema.json"), ProjectSchema.text());
        }
        assertThat(Files.readString(DOCS.resolve("project-file.md")))
                .isEqualTo(ProjectReference.text());
        assertThat(Files.readString(DOCS.resolve("sartor.schema.json")))
                .isEqualTo(ProjectSchema.text());
    }
}
