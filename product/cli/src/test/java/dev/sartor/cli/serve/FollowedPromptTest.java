package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Sampling;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server over a candidate whose prompt is promoted while it answers; the model says its instruction.
class FollowedPromptTest {
    private static final int STREAMS = 20;

    @TempDir Path folder;

    private PromptVersions versions = PromptVersions.of(Path.of(""), "");
    private String old = "";
    private String next = "";

    @BeforeEach
    void twoVersions() {
        versions = PromptVersions.of(folder, "route");
        old = kept("Old.");
        next = kept("New.");
        versions.promote(old);
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

    private SpeakingCandidate candidate() {
        return new SpeakingCandidate(versions.read(old).content(), STREAMS);
    }

    private FollowedPrompt followed(SpeakingCandidate candidate) {
        return new FollowedPrompt("route", candidate, ServedVersions.of(versions), true);
    }

    private Server server(FollowedPrompt followed) {
        var models = new ServedModels(Map.of(), Map.of(), new FollowedPrompts(List.of(followed)));
        return Server.start(
                ServerSettings.local(0).withLimits(Limits.usual().withRunning(STREAMS + 4, 64)),
                models);
    }

    @Test
    void whatIsPromotedAnswersFromTheNextRequestOnAndNoStreamBreaks() throws Exception {
        var candidate = candidate();
        try (var server = server(followed(candidate));
                var http = HttpClient.newHttpClient()) {
            var streams =
                    IntStream.range(0, STREAMS)
                            .mapToObj(i ->
                                    CompletableFuture.supplyAsync(
                                            () ->
                                                    VersionReply.ask(
                                                            http,
                                                            server.url(),
                                                            "",
                                                            "route",
                                                            "later " + i,
                                                            true),
                                            Thread::startVirtualThread))
                            .toList();
            assertThat(candidate.speaking.await(30, TimeUnit.SECONDS)).isTrue();

            versions.promote(next);
            var now = VersionReply.ask(http, server.url(), "", "route", "now", false);
            assertThat(now).isEqualTo(new VersionReply(200, "New. New.", next, "prompt-" + next));
            assertThat(VersionReply.ask(http, server.url(), "", "route@" + old, "now", false))
                    .isEqualTo(new VersionReply(200, "Old. Old.", old, "prompt-" + old));
            assertThat(
                            VersionReply.ask(http, server.url(), "", "route@" + next, "now", true)
                                    .text())
                    .isEqualTo("New. New.");

            candidate.released.countDown();
            for (var stream : streams) {
                assertThat(stream.get(30, TimeUnit.SECONDS))
                        .isEqualTo(new VersionReply(200, "Old. Old.", old, "prompt-" + old));
            }
        }
    }

    @Test
    void aVersionThatWasEditedIsNotTakenUpAndTheOldOneStays() throws IOException {
        var candidate = candidate();
        var followed = followed(candidate);
        var file = versions.file(next);
        var sound = Files.readString(file);
        Files.writeString(file, sound.replace("New.", "Newer."));
        AtomicFile.write(versions.pointer(), next);
        assertThat(followed.find("route", Optional.empty()).orElseThrow().prompt()).contains(old);
        assertThat(followed.find("route@" + next, Optional.empty())).isEmpty();
        Files.writeString(file, sound);
        assertThat(followed.find("route", Optional.empty()).orElseThrow().prompt()).contains(next);
    }

    @Test
    void whatThePointerSaysWronglyOrNoMoreChangesNothing() throws IOException {
        var followed = followed(candidate());
        AtomicFile.write(versions.pointer(), "the best one");
        assertThat(followed.find("route", Optional.empty()).orElseThrow().prompt()).contains(old);
        Files.delete(versions.pointer());
        assertThat(followed.find("route", Optional.empty()).orElseThrow().prompt()).contains(old);
    }

    @Test
    void aVersionThatTheCandidateRefusesIsNotTakenUp() {
        var candidate = candidate();
        candidate.refuses = true;
        var followed = followed(candidate);
        versions.promote(next);
        assertThat(followed.find("route", Optional.empty()).orElseThrow().prompt()).contains(old);
        candidate.refuses = false;
        assertThat(followed.find("route", Optional.empty()).orElseThrow().prompt()).contains(next);
    }

    @Test
    void whatWasTrainedWithItsPromptKeepsItAndSaysSoToWhoAsksForAnother() {
        var candidate = candidate();
        candidate.isFixed = true;
        var followed = followed(candidate);
        versions.promote(next);
        try (var server = server(followed);
                var http = HttpClient.newHttpClient()) {
            assertThat(VersionReply.ask(http, server.url(), "", "route", "now", false).version())
                    .isEqualTo(old);
            var refused = VersionReply.ask(http, server.url(), "", "route@" + next, "now", false);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("was trained with its prompt");
        }
        assertThat(followed.versionNames(Optional.empty())).isEmpty();
    }

    @Test
    void aVersionIsOpenedByWhoAsksForItOnceAndOnlySoManyStayOpen() {
        var candidate = candidate();
        var followed = followed(candidate);
        var ids =
                IntStream.range(0, FollowedPrompt.MOST_OPEN + 1)
                        .mapToObj(i -> kept("Number " + i))
                        .toList();
        var first = followed.find("route@" + ids.getFirst(), Optional.empty()).orElseThrow();
        assertThat(candidate.opened).hasValue(0);
        var question =
                new Question(
                        "q",
                        List.of(Message.user("now")),
                        new AnswerForm.FreeText(8),
                        Sampling.greedy(),
                        Principal.local());
        first.responder().stream(question, _ -> {});
        first.responder().stream(question, _ -> {});
        assertThat(candidate.opened).hasValue(1);
        assertThat(followed.find("route@" + ids.getFirst(), Optional.empty())).containsSame(first);
        for (var id : ids.subList(1, ids.size())) {
            followed.find("route@" + id, Optional.empty()).orElseThrow().responder().stream(
                    question, _ -> {});
        }
        assertThat(candidate.opened).hasValue(ids.size());
        first.responder().stream(question, _ -> {});
        assertThat(candidate.opened).as("let go, and opened anew").hasValue(ids.size() + 1);
        assertThat(followed.find("route@0123456789ab", Optional.empty())).isEmpty();
        assertThat(followed.find("route@../../secret", Optional.empty())).isEmpty();
        assertThat(followed.find("other", Optional.empty())).isEmpty();
    }

    @Test
    void whoMayNotReadAVersionDoesNotSeeIt() {
        var secret =
                versions.write(
                                new PromptVersion(
                                        PromptContent.of("Secret.")
                                                .withReaders(Readers.anyOf(List.of("group:sales"))),
                                        Optional.empty(),
                                        Optional.empty(),
                                        Instant.EPOCH))
                        .id();
        var models =
                new ServedModels(
                        Map.of(), Map.of(), new FollowedPrompts(List.of(followed(candidate()))));
        assertThat(models.namesFor(Principal.local()))
                .containsExactlyInAnyOrder("route", "route@" + old, "route@" + next);
        assertThat(models.chat("route@" + secret, Principal.local())).isEmpty();
        versions.promote(secret);
        assertThat(models.chat("route", Principal.local())).isEmpty();
    }
}
