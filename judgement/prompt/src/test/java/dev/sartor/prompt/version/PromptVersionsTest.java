package dev.sartor.prompt.version;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Example;
import dev.sartor.core.Message;
import dev.sartor.core.Origin;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PromptVersionsTest {
    private static final Instant NOON = Instant.parse("2026-12-01T12:00:00Z");

    @TempDir Path project;

    private PromptVersions versions = PromptVersions.of(Path.of(""), "");

    @BeforeEach
    void open() {
        versions = PromptVersions.of(project, "route");
    }

    private static PromptVersion version(PromptContent content) {
        return version(content, NOON);
    }

    private static PromptVersion version(PromptContent content, Instant created) {
        return new PromptVersion(content, Optional.empty(), Optional.of("a try"), created);
    }

    private static Example row(String text, String answer, Readers readers) {
        return new Example(
                "1",
                List.of(Message.user(text)),
                List.of(answer),
                readers,
                new Origin("train.jsonl", 1));
    }

    private static PromptContent full() {
        return PromptContent.of("Say which team it is for.")
                .with(new PromptContent.Texts("{{ instruction }}", "{{ question }}\n"))
                .withExamples(
                        List.of(
                                row("My battery is empty.", "battery", Readers.everyone()),
                                row("Ünïcode, \"quoted\"", "plan", Readers.everyone())));
    }

    @Test
    void theDigestIsOfOneLineOfJsonWithWhatIsSaidAlone() {
        assertThat(PromptContent.of("Say which team it is for.").digest())
                .isEqualTo(Sha256.of("{\"instruction\":\"Say which team it is for.\"}"));
        assertThat(full().digest())
                .isEqualTo(
                        Sha256.of(
                                "{\"instruction\":\"Say which team it is for.\",\"system\":\"{{ instruction }}\","
                                        + "\"user\":\"{{ question }}\\n\",\"examples\":[{\"question\":\"My battery is"
                                        + " empty.\",\"answer\":\"battery\"},{\"question\":\"Ünïcode, \\\"quoted\\\"\","
                                        + "\"answer\":\"plan\"}]}"));
    }

    @Test
    void spaceAroundAnInstructionSaysNothing() {
        assertThat(PromptContent.of("Route it.\n").id())
                .isEqualTo(PromptContent.of("Route it.").id())
                .hasSize(12);
    }

    @Test
    void theOrderOfExamplesAndWhoMayReadThemAreOfTheContent() {
        var one = row("a?", "plan", Readers.everyone());
        var other = row("b?", "plan", Readers.everyone());
        var plain = PromptContent.of("Route it.");
        assertThat(plain.withExamples(List.of(one, other)).id())
                .isNotEqualTo(plain.withExamples(List.of(other, one)).id());
        var sales = Readers.anyOf(List.of("group:sales"));
        var narrow = plain.withExamples(List.of(row("a?", "plan", sales)));
        assertThat(narrow.readers()).isEqualTo(sales);
        assertThat(narrow.id()).isNotEqualTo(plain.withExamples(List.of(one)).id());
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        var content = full().withReaders(Readers.anyOf(List.of("group:sales", "user:ann")));
        var written =
                versions.write(
                        new PromptVersion(
                                content,
                                Optional.of("0123456789ab"),
                                Optional.of("shorter"),
                                NOON));
        assertThat(versions.read(written.id())).isEqualTo(written);
        assertThat(versions.find(written.id().substring(0, 5))).isEqualTo(written);
        assertThat(versions.file(written.id()))
                .isEqualTo(project.resolve("prompts/route/" + content.id() + ".json"));
    }

    @Test
    void anExampleMayBeAConversation() {
        var turns =
                List.of(
                        Message.user("Hello"),
                        Message.assistant("Hello"),
                        Message.user("My chain fell off"));
        var content =
                new PromptContent(
                        "Route it.",
                        Optional.empty(),
                        List.of(new Shot(turns, "repair")),
                        Readers.everyone());
        versions.write(version(content));
        assertThat(versions.read(content.id()).content()).isEqualTo(content);
    }

    @Test
    void theSameWordsAreTheSameVersionWithItsFirstNote() {
        var first = versions.write(version(PromptContent.of("Route it.")));
        var again =
                versions.write(
                        new PromptVersion(
                                PromptContent.of("Route it."),
                                Optional.empty(),
                                Optional.of("another note"),
                                NOON.plusSeconds(9)));
        assertThat(again).isEqualTo(first);
        assertThat(versions.ids()).containsExactly(first.id());
    }

    @Test
    void theyAreListedFromTheOldest() {
        var late = versions.write(version(PromptContent.of("Late."), NOON.plusSeconds(60)));
        var early = versions.write(version(PromptContent.of("Early."), NOON));
        assertThat(versions.list()).containsExactly(early, late);
    }

    @Test
    void anEditedVersionIsRefusedWithItsFileBothDigestsAndTheNextStep() throws IOException {
        var version = versions.write(version(PromptContent.of("Route it.")));
        var file = versions.file(version.id());
        Files.writeString(file, Files.readString(file).replace("Route it.", "Route it now."));
        assertThatThrownBy(() -> versions.read(version.id()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContaining(version.id())
                .hasMessageContaining(PromptContent.of("Route it now.").digest())
                .hasMessageContaining("sartor prompts new route --from " + file);
        assertThatThrownBy(versions::list).hasMessageContaining("was edited");
        assertThatThrownBy(() -> versions.promote(version.id())).hasMessageContaining("was edited");
        assertThat(versions.promoted()).isEmpty();
    }

    @Test
    void anEditedNoteIsNoOtherVersion() throws IOException {
        var version = versions.write(version(PromptContent.of("Route it.")));
        var file = versions.file(version.id());
        Files.writeString(file, Files.readString(file).replace("a try", "the best so far"));
        assertThat(versions.read(version.id()).note()).contains("the best so far");
    }

    @Test
    void everythingWrongInAFileIsSaidAtOnce() throws IOException {
        var file = versions.file("0123456789ab");
        Files.createDirectories(project.resolve("prompts/route"));
        Files.writeString(
                file,
                """
                {"instructon": "Route it.", "system": "x", "examples": [{"question": "a?"}],
                 "readers": "group:sales", "created": "today"}
                """);
        assertThatThrownBy(() -> versions.read("0123456789ab"))
                .hasMessageContaining("unknown key 'instructon'")
                .hasMessageContaining("instruction is missing")
                .hasMessageContaining("system and user come together")
                .hasMessageContaining("an example's answer must be a text")
                .hasMessageContaining("readers must be a list of lists")
                .hasMessageContaining("created must be a time");
    }

    @Test
    void aVersionThatIsNotThereIsNamedWithTheNextStep() {
        assertThatThrownBy(() -> versions.read("0123456789ab"))
                .hasMessageContaining("task 'route' has no prompt version '0123456789ab'")
                .hasMessageContaining("sartor prompts new");
        assertThatThrownBy(() -> versions.read("../../secret"))
                .hasMessageContaining("no prompt version");
    }

    @Test
    void onePointsToThePromotedVersion() {
        assertThat(versions.promoted()).isEmpty();
        var version = versions.write(version(PromptContent.of("Route it.")));
        versions.promote(version.id());
        assertThat(versions.promoted()).contains(version.id());
        assertThat(versions.pointer()).isEqualTo(project.resolve("prompts/route/promoted"));
    }

    @Test
    void aPointerThatNamesNoVersionIsRefused() throws IOException {
        Files.createDirectories(project.resolve("prompts/route"));
        Files.writeString(versions.pointer(), "the best one");
        assertThatThrownBy(versions::promoted)
                .hasMessageContaining("must hold the id of a version")
                .hasMessageContaining("sartor prompts promote route VERSION");
    }

    @Test
    void anExampleThatIsTheQuestionItselfIsNotShown() {
        var selection = full().selection();
        var asked =
                List.of(question("My battery is empty."), question("My battery is empty again."));
        var shown = selection.select(asked);
        assertThat(shown.getFirst()).hasSize(1);
        assertThat(shown.getLast()).hasSize(2);
    }

    private static Question question(String text) {
        return new Question(
                "q",
                List.of(Message.user(text)),
                new AnswerForm.FreeText(8),
                Sampling.greedy(),
                Principal.local());
    }
}
