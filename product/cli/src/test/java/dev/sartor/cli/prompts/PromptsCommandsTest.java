package dev.sartor.cli.prompts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.sartor.cli.SmallProject;
import dev.sartor.core.Json;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class PromptsCommandsTest {
    private static final String IN_FILE =
            PromptContent.of("Say which team the message is for.").id();

    @TempDir Path folder;

    private SmallProject project = new SmallProject(Path.of("target", "unused"));
    private PromptVersions versions = PromptVersions.of(Path.of(""), "");

    @BeforeEach
    void make() {
        project = new SmallProject(folder);
        project.write(
                "train.jsonl",
                """
                {"id": "a", "text": "An invoice too many", "label": "billing"}
                {"id": "b", "text": "The brake squeals", "label": "repair"}
                """);
        versions = PromptVersions.of(folder, "route");
    }

    private String said(String... args) {
        var before = project.screen.results().length();
        assertThat(project.sartor(args)).as(project.screen.remarks()).isZero();
        return project.screen.results().substring(before);
    }

    private JsonNode json(String... args) {
        return Json.mapper().readTree(said(args));
    }

    private String made(String... options) {
        var args = new String[options.length + 3];
        args[0] = "prompts";
        args[1] = "new";
        args[2] = "route";
        System.arraycopy(options, 0, args, 3, options.length);
        return said(args).strip();
    }

    @Test
    void whatCountsIsListedBeforeAnythingIsKept() {
        assertThat(said("prompts")).contains("route  " + IN_FILE + "  counts, in sartor.yaml  ");
        var listed = json("prompts", "list", "--json").get(0);
        assertThat(listed.at("/kept").asBoolean()).isFalse();
        assertThat(listed.at("/counts").asBoolean()).isTrue();
    }

    @Test
    void aVersionIsMadeOfWhatCountsAndNamesItAsItsParent() {
        var id = made("--instruction", "Which team?", "--note", "shorter");
        assertThat(id).isEqualTo(PromptContent.of("Which team?").id());
        var version = versions.read(id);
        assertThat(version.parent()).contains(IN_FILE);
        assertThat(version.note()).contains("shorter");
        assertThat(made("--instruction", "Which team?")).isEqualTo(id);
        assertThat(project.screen.remarks()).contains("The same words are kept already");
    }

    @Test
    void rowsOfTheTrainingFileAreShownInTheirOrder() {
        var id = made("--examples", "b,a");
        assertThat(versions.read(id).content().examples())
                .extracting(shot -> shot.input().getFirst().content(), shot -> shot.answer())
                .containsExactly(
                        tuple("The brake squeals", "repair"),
                        tuple("An invoice too many", "billing"));
        assertThat(project.sartor("prompts", "new", "route", "--examples", "c")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("--examples must be ids of training rows, got 'c'");
        assertThat(made("--parent", id, "--no-examples")).isEqualTo(IN_FILE);
    }

    @Test
    void theEditedCopyOfAVersionIsAVersionWithTheOldOneAsParent() throws IOException {
        var id = made("--instruction", "Which team?");
        var file = versions.file(id);
        Files.writeString(file, Files.readString(file).replace("Which", "What"));
        assertThat(project.sartor("prompts", "list")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains(file + " was edited");
        assertThat(project.sartor("prompts", "promote", "route", id)).isEqualTo(2);
        var edited = made("--from", file.toString());
        assertThat(edited).isEqualTo(PromptContent.of("What team?").id());
        assertThat(versions.read(edited).parent()).contains(id);
    }

    @Test
    void twoVersionsAreComparedLineByLine() {
        var one = made("--instruction", "Which team?\nOne word.");
        var other = made("--instruction", "What team?\nOne word.");
        assertThat(said("prompts", "diff", "route", one, other))
                .isEqualTo(
                        """
                        --- %s
                        +++ %s
                          instruction:
                        -   Which team?
                        +   What team?
                            One word.
                        """
                                .formatted(one, other));
        assertThat(json("prompts", "diff", "route", one, "--json").at("/new").asString())
                .isEqualTo(IN_FILE);
    }

    @Test
    void whatIsPromotedCountsWhereTheFileFollowsIt() {
        var id = made("--instruction", "Which team?");
        assertThat(said("prompts", "promote", "route", id.substring(0, 6)))
                .contains("route@" + id + " is promoted.");
        assertThat(project.screen.remarks())
                .contains("sartor.yaml does not follow it")
                .contains("stays " + IN_FILE + " until it says 'prompt: promoted'");
        project.write("sartor.yaml", SmallProject.FILE + "    prompt: promoted\n");
        assertThat(said("prompts", "list", "route")).contains(id + "  promoted, counts");
        assertThat(said("prompts", "show", "route", "promoted"))
                .contains("route@" + id, "instruction:\n  Which team?");
        var other = made("--instruction", "What team?");
        var promoted = json("prompts", "promote", "route", other, "--json");
        assertThat(promoted.at("/before").asString()).isEqualTo(id);
        assertThat(promoted.at("/counts").asBoolean()).isTrue();
    }

    @Test
    void whatIsPromotedInAStateLeavesTheFolderAsItWasAndIsATenantsWhereOneIsNamed() {
        project.write("sartor.yaml", SmallProject.FILE + "    prompt: promoted\n");
        var id = made("--parent", kept("Which team?"), "--instruction", "What team?");
        var state = folder.resolve("state.db").toString();
        said("prompts", "promote", "route", kept("Which team?"));
        assertThat(said("prompts", "promote", "route", id, "--state", state, "--tenant", "acme"))
                .isEqualTo("route@" + id + " is promoted for tenant acme in the state.\n");
        assertThat(project.screen.remarks())
                .contains("The promoted version of the project's folder stays")
                .contains("promote " + id + " without --state, too, to measure it");
        assertThat(versions.promoted()).contains(kept("Which team?"));
        assertThat(json("prompts", "list", "--state", state, "--json")).isEmpty();
        var listed = json("prompts", "list", "--state", state, "--tenant", "acme", "--json").get(0);
        assertThat(listed.at("/id").asString()).isEqualTo(id);
        assertThat(listed.at("/promoted").asBoolean()).isTrue();
        assertThat(said("prompts", "list", "--state", state, "--tenant", "acme"))
                .contains("route  " + id + "  promoted  ");
        assertThat(
                        json("prompts", "withdraw", "route", "--state", state, "--json")
                                .at("/withdrawn"))
                .as("another's stays")
                .hasToString("false");
        assertThat(said("prompts", "withdraw", "route", "--state", state, "--tenant", "acme"))
                .contains("No version of route is promoted any more for tenant acme in the state.");
        assertThat(project.sartor("prompts", "promote", "route", id, "--tenant", "acme"))
                .isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("--tenant names whose a version is in a state");
        assertThat(project.sartor("prompts", "withdraw", "route")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("--state must name the state in which it was promoted");
    }

    private String kept(String instruction) {
        return versions.write(
                        new PromptVersion(
                                PromptContent.of(instruction),
                                Optional.empty(),
                                Optional.empty(),
                                Instant.EPOCH))
                .id();
    }

    @Test
    void aProjectThatFollowsNothingYetCanBePutRight() {
        project.write("sartor.yaml", SmallProject.FILE + "    prompt: promoted\n");
        assertThat(project.sartor("check")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("no version of the prompt of task 'route'");
        assertThat(project.sartor("prompts", "new", "route", "--instruction", "A?")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("--parent must name a version");
    }

    @Test
    void mistakesAreNamedWithTheNextStep() {
        assertThat(project.sartor("prompts", "show", "rout", "a")).isEqualTo(2);
        assertThat(project.screen.remarks())
                .contains("sartor.yaml has no task 'rout'. Did you mean 'route'?");
        assertThat(project.sartor("prompts", "show", "route", "promoted")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("no version of task 'route' is promoted");
        assertThat(project.sartor("prompts", "new", "route", "--system", "a.txt")).isEqualTo(2);
        assertThat(project.screen.remarks()).contains("--system and --user come together");
    }
}
