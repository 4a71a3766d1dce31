package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.cli.TinyTask;
import dev.sartor.cli.console.Screen;
import dev.sartor.cli.console.Surroundings;
import dev.sartor.cli.option.Composition;
import dev.sartor.cli.option.OpenProject;
import dev.sartor.cli.option.ProjectOption;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Sampling;
import dev.sartor.core.work.Cancellation;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A compared project with a real model, whose prompt is promoted while it is served.
class PromotedCandidateTest {
    @TempDir Path folder;

    @Test
    void theSameModelAnswersUnderThePromotedPromptAndUnderEachVersionByItsName()
            throws IOException {
        var project = TinyTask.project(folder, TinyTask.decoder(folder, "llama"), "epochs: 1");
        var file = folder.resolve("sartor.yaml");
        project.write(
                "sartor.yaml",
                Files.readString(file)
                                .replace("approaches: [tune]", "approaches: [zero-shot]")
                                .replace(
                                        "prompt: {system: 'a', user: '{{ question }}'}",
                                        "prompt: promoted")
                        + "embedder: "
                        + TinyTask.BERT
                        + "\n");
        var versions = PromptVersions.of(folder, "route");
        var old = kept(project, "cat");
        var next = kept(project, "sun in all the land");
        versions.promote(old);
        assertThat(project.sartor("compare")).as(project.screen.remarks()).isLessThan(2);

        try (var served = served()) {
            var models = served.models();
            assertThat(models.chatNames())
                    .containsExactlyInAnyOrder("route", "route@" + old, "route@" + next);
            assertThat(served.shown()).containsExactly("route");
            assertThat(served.notes()).isEmpty();
            var before = chat(models, "route");
            assertThat(before.prompt()).contains(old);
            int few = promptTokens(before);
            versions.promote(next);
            var now = chat(models, "route");
            assertThat(now.prompt()).contains(next);
            assertThat(promptTokens(now)).isGreaterThan(few);
            assertThat(promptTokens(before)).isEqualTo(few);
            assertThat(promptTokens(chat(models, "route@" + old))).isEqualTo(few);
        }
        try (var served = served()) {
            assertThat(chat(served.models(), "route").prompt()).contains(next);
            assertThat(served.notes())
                    .singleElement()
                    .asString()
                    .contains("the prompt's version " + next + " was not measured with zero-shot");
        }
    }

    private static String kept(SmallProject project, String instruction) {
        project.write("prompt.json", "{\"instruction\": \"" + instruction + "\"}");
        assertThat(
                        project.sartor(
                                "prompts",
                                "new",
                                "route",
                                "--from",
                                project.folder.resolve("prompt.json").toString()))
                .as(project.screen.remarks())
                .isZero();
        return PromptContent.of(instruction).id();
    }

    private ServedCandidates served() {
        var cache = folder.resolve("cache");
        var option = new ProjectOption();
        option.folder = folder;
        var composition =
                new Composition(
                        Screen.file(cache).console(), new Surroundings(0, false, false, cache));
        return ServedCandidates.of(
                OpenProject.open(option, composition),
                Optional.empty(),
                List.of(),
                new Cancellation());
    }

    private static ServedModel chat(ServedModels models, String name) {
        return models.chat(name, Principal.local()).orElseThrow();
    }

    private static int promptTokens(ServedModel model) {
        var question =
                new Question(
                        "q",
                        List.of(Message.user("the cat may run")),
                        model.form(),
                        Sampling.greedy(),
                        Principal.local());
        return model.responder().stream(question, _ -> {}).usage().promptTokens();
    }
}
