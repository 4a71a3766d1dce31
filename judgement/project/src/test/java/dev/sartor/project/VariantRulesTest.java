package dev.sartor.project;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.file.AtomicFile;
import dev.sartor.project.setting.TaskSettings;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Versions of a prompt that a task tries side by side.
class VariantRulesTest {
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
                                content, Optional.empty(), Optional.of("a note"), Instant.EPOCH))
                .id();
    }

    private String kept(String instruction) {
        return kept(PromptContent.of(instruction));
    }

    private TaskSettings task(String keys, String project) {
        return this.project.read(ProjectFolder.TASK + keys + project).tasks().getFirst();
    }

    private void refuses(String keys, String approaches, String... why) {
        assertThatThrownBy(() -> task(keys, approaches)).message().contains(why);
    }

    private static String prompts(String... names) {
        return "    prompts: ['" + String.join("', '", names) + "']\n";
    }

    @Test
    void aVersionIsNamedByItsIdOrTheBeginningOfIt() {
        var first = kept("First.");
        var second = kept("Second.");
        var task = task(prompts(first, second.substring(0, 6)), TRIED);
        assertThat(task.variants()).extracting(PromptVersion::id).containsExactly(first, second);
        assertThat(task.variants().getFirst().note()).contains("a note");
        assertThat(task.content().instruction()).isEqualTo("Say which team the message is for.");
        assertThat(ProjectFile.stated(folder).tasks().getFirst().prompts())
                .as("files of versions are not opened for what the file alone says")
                .hasSize(2);
    }

    @Test
    void oneThatIsNotThereIsRefused() {
        refuses(
                prompts("0123456789ab"),
                TRIED,
                "tasks[0].prompts: task 'route' has no prompt version '0123456789ab'");
        refuses(prompts("xyz"), TRIED, "must be the id of a version, or its beginning, got xyz");
    }

    @Test
    void oneThatIsNamedTwiceIsRefused() {
        var id = kept("First.");
        refuses(
                prompts(id, id.substring(0, 7)),
                TRIED,
                "tasks[0].prompts names the version " + id + " twice. Keep one of them.");
    }

    @Test
    void oneThatWasEditedIsRefused() throws IOException {
        var file = versions.file(kept("First."));
        AtomicFile.write(file, Files.readString(file).replace("First.", "Edited."));
        refuses(
                prompts(String.valueOf(file.getFileName()).substring(0, 8)),
                TRIED,
                "tasks[0].prompts: " + file + " was edited");
    }

    @Test
    void theTasksOwnPromptIsRefused() {
        var own = kept("Say which team the message is for.");
        refuses(
                prompts(own),
                TRIED,
                "tasks[0].prompts names the version " + own + ", which is the task's own prompt");
        var named = kept("First.");
        refuses(
                "    prompt: '" + named + "'\n" + prompts(named),
                TRIED,
                named + ", which is the task's own prompt and is measured anyway. Leave it out.");
    }

    @Test
    void oneThatIsPromotedSinceIsTheTasksOwnAndNoVariant() {
        var first = kept("First.");
        var second = kept("Second.");
        versions.promote(first);
        var task = task("    prompt: promoted\n" + prompts(first, second), TRIED);
        assertThat(task.variants()).extracting(PromptVersion::id).containsExactly(second);
    }

    @Test
    void moreThanTwentyAreRefused() {
        var ids = IntStream.range(0, 21).mapToObj(i -> kept("Team " + i)).toList();
        refuses(
                prompts(ids.toArray(String[]::new)),
                TRIED,
                "tasks[0].prompts must name at most 20 versions, got 21");
        assertThat(task(prompts(ids.subList(0, 20).toArray(String[]::new)), TRIED).variants())
                .hasSize(20);
    }

    @Test
    void approachesOfWhichNoneShowsAPromptHaveNoUseForThem() {
        refuses(
                prompts(kept("First.")),
                "approaches: [tune]\n",
                "tasks[0].prompts is of no use: none of the task's approaches shows a prompt");
    }

    @Test
    void textsWithoutAPlaceForPassagesAreRefusedWhereDocumentsAreSearched() throws IOException {
        Files.createDirectories(folder.resolve("documents"));
        var id =
                kept(
                        PromptContent.of("First.")
                                .with(
                                        new PromptContent.Texts(
                                                "{{ instruction }}", "{{ question }}")));
        refuses(
                prompts(id),
                "documents: documents\nretrieval: {passages: [1]}\napproaches: [zero-shot, retrieval]\n",
                "tasks[0].prompts names the version "
                        + id
                        + ", whose texts have no place for passages, which retrieval must show");
        assertThat(task(prompts(id), TRIED).variants()).hasSize(1);
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        var own = kept("Say which team the message is for.");
        refuses(
                prompts(own, "0123456789ab"),
                TRIED,
                "no prompt version '0123456789ab'",
                "the task's own prompt",
                "2 problems");
    }
}
