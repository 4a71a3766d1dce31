package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Answer;
import dev.sartor.core.AnswerForm;
import dev.sartor.core.Json;
import dev.sartor.core.Message;
import dev.sartor.core.Principal;
import dev.sartor.core.Question;
import dev.sartor.core.Readers;
import dev.sartor.core.Responder;
import dev.sartor.core.Sampling;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.AtomicFile;
import dev.sartor.core.work.Progress;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
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

    /// Says its instruction in two pieces, of which the second waits until it is released.
    private record Speaker(String instruction, Candidate of) implements Responder {
        @Override
        public List<Answer> answer(List<Question> questions, Progress progress) {
            return questions.stream().map(question -> stream(question, _ -> {})).toList();
        }

        @Override
        public Answer stream(Question question, Consumer<String> onText) {
            onText.accept(instruction);
            of.speaking.countDown();
            of.wait(question);
            onText.accept(" " + instruction);
            return new Answer(
                    instruction + " " + instruction,
                    Answer.Finish.STOP,
                    new Answer.Usage(1, 0, 2),
                    List.of(),
                    Map.of(),
                    0.01);
        }

        @Override
        public void close() {}
    }

    /// What is served.
    private static final class Candidate implements PromptedModel {
        private final PromptContent prompt;
        private final CountDownLatch speaking = new CountDownLatch(STREAMS);
        private final CountDownLatch released = new CountDownLatch(1);
        private final AtomicInteger opened = new AtomicInteger();
        private boolean isFixed;
        private boolean refuses;

        Candidate(PromptContent prompt) {
            this.prompt = prompt;
        }

        /// Only questions that are streamed wait; others say `now`.
        void wait(Question question) {
            try {
                if (!question.text().equals("now")) {
                    assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public PromptContent prompt() {
            return prompt;
        }

        @Override
        public Responder responder() {
            return new Speaker(prompt.instruction(), this);
        }

        @Override
        public Readers readers() {
            return Readers.everyone();
        }

        @Override
        public AnswerForm form() {
            return new AnswerForm.FreeText(8);
        }

        @Override
        public Optional<SartorException> fixed() {
            return isFixed
                    ? Optional.of(SartorException.user("was trained with its prompt"))
                    : Optional.empty();
        }

        @Override
        public Responder under(PromptContent version) {
            fixed().ifPresent(why -> {
                throw why;
            });
            if (refuses) {
                throw SartorException.user("was not measured");
            }
            opened.incrementAndGet();
            return new Speaker(version.instruction(), this);
        }

        @Override
        public Readers readers(PromptContent version) {
            return version.readers();
        }
    }

    private Candidate candidate() {
        return new Candidate(versions.read(old).content());
    }

    private FollowedPrompt followed(Candidate candidate) {
        return new FollowedPrompt("route", candidate, versions, true);
    }

    private Server server(FollowedPrompt followed) {
        var models = new ServedModels(Map.of(), Map.of(), new FollowedPrompts(List.of(followed)));
        return Server.start(
                ServerSettings.local(0).withLimits(Limits.usual().withRunning(STREAMS + 4, 64)),
                models);
    }

    private record Reply(int status, String text, String version, String fingerprint) {}

    private static Reply ask(HttpClient http, URI url, String model, String text, boolean stream) {
        var body =
                Map.of(
                        "model",
                        model,
                        "stream",
                        stream,
                        "messages",
                        List.of(Map.of("role", "user", "content", text)));
        try {
            var reply =
                    http.send(
                            HttpRequest.newBuilder(url.resolve("/v1/chat/completions"))
                                    .header("Content-Type", "application/json")
                                    .POST(HttpRequest.BodyPublishers.ofString(Json.line(body)))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            var version = reply.headers().firstValue("x-prompt-version").orElse("");
            return stream ? streamed(reply, version) : whole(reply, version);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Reply whole(HttpResponse<String> reply, String version) {
        var json = Json.mapper().readTree(reply.body());
        return new Reply(
                reply.statusCode(),
                json.at("/choices/0/message/content")
                        .asString(json.at("/error/message").asString("")),
                version,
                json.at("/system_fingerprint").asString(""));
    }

    private static Reply streamed(HttpResponse<String> reply, String version) {
        assertThat(reply.body()).endsWith("data: [DONE]\n\n");
        var text = new StringBuilder();
        var fingerprints = new ArrayList<String>();
        reply.body()
                .lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> Json.mapper().readTree(line.substring("data: ".length())))
                .forEach(event -> {
                    text.append(event.at("/choices/0/delta/content").asString(""));
                    fingerprints.add(event.at("/system_fingerprint").asString(""));
                });
        assertThat(fingerprints.stream().distinct()).hasSize(1);
        return new Reply(reply.statusCode(), text.toString(), version, fingerprints.getFirst());
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
                                                    ask(
                                                            http,
                                                            server.url(),
                                                            "route",
                                                            "later " + i,
                                                            true),
                                            Thread::startVirtualThread))
                            .toList();
            assertThat(candidate.speaking.await(30, TimeUnit.SECONDS)).isTrue();

            versions.promote(next);
            var now = ask(http, server.url(), "route", "now", false);
            assertThat(now).isEqualTo(new Reply(200, "New. New.", next, "prompt-" + next));
            assertThat(ask(http, server.url(), "route@" + old, "now", false))
                    .isEqualTo(new Reply(200, "Old. Old.", old, "prompt-" + old));
            assertThat(ask(http, server.url(), "route@" + next, "now", true).text())
                    .isEqualTo("New. New.");

            candidate.released.countDown();
            for (var stream : streams) {
                assertThat(stream.get(30, TimeUnit.SECONDS))
                        .isEqualTo(new Reply(200, "Old. Old.", old, "prompt-" + old));
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
        assertThat(followed.find("route").orElseThrow().prompt()).contains(old);
        assertThat(followed.find("route@" + next)).isEmpty();
        Files.writeString(file, sound);
        assertThat(followed.find("route").orElseThrow().prompt()).contains(next);
    }

    @Test
    void whatThePointerSaysWronglyOrNoMoreChangesNothing() throws IOException {
        var followed = followed(candidate());
        AtomicFile.write(versions.pointer(), "the best one");
        assertThat(followed.find("route").orElseThrow().prompt()).contains(old);
        Files.delete(versions.pointer());
        assertThat(followed.find("route").orElseThrow().prompt()).contains(old);
    }

    @Test
    void aVersionThatTheCandidateRefusesIsNotTakenUp() {
        var candidate = candidate();
        candidate.refuses = true;
        var followed = followed(candidate);
        versions.promote(next);
        assertThat(followed.find("route").orElseThrow().prompt()).contains(old);
        candidate.refuses = false;
        assertThat(followed.find("route").orElseThrow().prompt()).contains(next);
    }

    @Test
    void whatWasTrainedWithItsPromptKeepsItAndSaysSoToWhoAsksForAnother() {
        var candidate = candidate();
        candidate.isFixed = true;
        var followed = followed(candidate);
        versions.promote(next);
        try (var server = server(followed);
                var http = HttpClient.newHttpClient()) {
            assertThat(ask(http, server.url(), "route", "now", false).version()).isEqualTo(old);
            var refused = ask(http, server.url(), "route@" + next, "now", false);
            assertThat(refused.status()).isEqualTo(400);
            assertThat(refused.text()).contains("was trained with its prompt");
        }
        assertThat(followed.versionNames()).isEmpty();
    }

    @Test
    void aVersionIsOpenedByWhoAsksForItOnceAndOnlySoManyStayOpen() {
        var candidate = candidate();
        var followed = followed(candidate);
        var ids =
                IntStream.range(0, FollowedPrompt.MOST_OPEN + 1)
                        .mapToObj(i -> kept("Number " + i))
                        .toList();
        var first = followed.find("route@" + ids.getFirst()).orElseThrow();
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
        assertThat(followed.find("route@" + ids.getFirst())).containsSame(first);
        for (var id : ids.subList(1, ids.size())) {
            followed.find("route@" + id).orElseThrow().responder().stream(question, _ -> {});
        }
        assertThat(candidate.opened).hasValue(ids.size());
        first.responder().stream(question, _ -> {});
        assertThat(candidate.opened).as("let go, and opened anew").hasValue(ids.size() + 1);
        assertThat(followed.find("route@0123456789ab")).isEmpty();
        assertThat(followed.find("route@../../secret")).isEmpty();
        assertThat(followed.find("other")).isEmpty();
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
