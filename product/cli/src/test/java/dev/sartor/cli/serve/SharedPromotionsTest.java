package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.cli.SmallProject;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.prompt.version.PromptContent;
import dev.sartor.prompt.version.PromptVersion;
import dev.sartor.prompt.version.PromptVersions;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import dev.sartor.state.State;
import dev.sartor.state.promotion.FollowedPromotions;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Two real servers, each with a project folder of its own, on one state; what is promoted is promoted by the command.
class SharedPromotionsTest {
    private static final int STREAMS = 5;
    private static final String ANN = "the-key-of-ann-of-acme";
    private static final String BOB = "the-key-of-bob-of-beta";
    private static final String CAT = "the-key-of-cat-of-none";

    @TempDir private Path folder;

    private final List<AutoCloseable> open = new ArrayList<>();
    private final HttpClient http = HttpClient.newHttpClient();
    private SmallProject project = new SmallProject(Path.of("target", "unused"));
    private String old = "";
    private Desk second =
            new Desk(
                    new SpeakingCandidate(PromptContent.of("unused"), STREAMS),
                    new ServedModels(Map.of(), Map.of()),
                    Optional.empty());

    /// A server with its candidate.
    private record Desk(
            SpeakingCandidate candidate, ServedModels models, Optional<Server> server) {}

    @BeforeEach
    void aServerThatSharesAStateWithAnotherProject() {
        project = new SmallProject(folder.resolve("first"));
        project.write("sartor.yaml", SmallProject.FILE + "    prompt: promoted\n");
        old = kept("first", "Old.");
        kept("second", "Old.");
        second = desk("second");
    }

    @AfterEach
    void close() throws Exception {
        for (var each : open.reversed()) {
            each.close();
        }
        http.shutdownNow();
    }

    private String kept(String place, String instruction) {
        return kept(place, PromptContent.of(instruction));
    }

    private String kept(String place, PromptContent content) {
        var versions = PromptVersions.of(folder.resolve(place), "route");
        var version = new PromptVersion(content, Optional.empty(), Optional.empty(), Instant.EPOCH);
        var id = versions.write(version).id();
        if (versions.promoted().isEmpty()) {
            versions.promote(id);
        }
        return id;
    }

    private String state() {
        return folder.resolve("state.db").toString();
    }

    private Desk desk(String place) {
        var candidate = new SpeakingCandidate(PromptContent.of("Old."), STREAMS);
        return new Desk(candidate, models(place, candidate), Optional.empty());
    }

    private Desk started(String place) {
        var desk = desk(place);
        var server = Server.start(settings(), desk.models());
        open.add(server);
        return new Desk(desk.candidate(), desk.models(), Optional.of(server));
    }

    private ServedModels models(String place, SpeakingCandidate candidate) {
        var promotions = State.open(state()).followPromotions();
        open.add(promotions);
        return new ServedModels(
                Map.of(),
                Map.of(),
                new FollowedPrompts(List.of(followed(place, candidate, promotions))));
    }

    private FollowedPrompt followed(
            String place, SpeakingCandidate candidate, FollowedPromotions promotions) {
        var versions = PromptVersions.of(folder.resolve(place), "route");
        return new FollowedPrompt(
                "route",
                candidate,
                new ServedVersions("desk", versions, Optional.of(promotions)),
                true);
    }

    private static ServerSettings settings() {
        return new ServerSettings(
                "127.0.0.1",
                0,
                List.of(
                        key(ANN, "user:ann", "tenant:acme"),
                        key(BOB, "user:bob", "tenant:beta"),
                        key(CAT, "user:cat")),
                Limits.usual().withRunning(STREAMS + 4, 64));
    }

    private static ApiKey key(String secret, String... names) {
        return ApiKey.of(secret, new Principal(Set.of(names))).withScopes(Scope.usual());
    }

    private void prompts(String... args) {
        var all =
                Stream.concat(
                                Stream.concat(Stream.of("prompts"), Stream.of(args)),
                                Stream.of("--state", state()))
                        .toArray(String[]::new);
        assertThat(project.sartor(all)).as(project.screen.remarks()).isZero();
    }

    private VersionReply ask(Desk desk, String key, String model) {
        return asked(desk, key, model, "now", false);
    }

    private VersionReply asked(Desk desk, String key, String model, String text, boolean stream) {
        return VersionReply.ask(http, desk.server().orElseThrow().url(), key, model, text, stream);
    }

    private static VersionReply says(String instruction, String id) {
        return new VersionReply(200, instruction + " " + instruction, id, "prompt-" + id);
    }

    @Test
    void whatIsPromotedInTheStateAnswersOnEachServerAtItsNextRequestAndNoStreamBreaks()
            throws Exception {
        var first = started("first");
        second = started("second");
        var streams =
                IntStream.range(0, STREAMS)
                        .mapToObj(i ->
                                CompletableFuture.supplyAsync(
                                        () -> asked(second, CAT, "route", "later " + i, true),
                                        Thread::startVirtualThread))
                        .toList();
        assertThat(second.candidate().speaking.await(30, TimeUnit.SECONDS)).isTrue();
        var next = kept("first", "New.");
        prompts("promote", "route", next);
        assertThat(ask(second, CAT, "route")).isEqualTo(says("New.", next));
        assertThat(ask(first, CAT, "route")).isEqualTo(says("New.", next));
        assertThat(ask(second, CAT, "route@" + next)).isEqualTo(says("New.", next));
        assertThat(ask(second, CAT, "route@" + old)).isEqualTo(says("Old.", old));
        second.candidate().released.countDown();
        for (var stream : streams) {
            assertThat(stream.get(30, TimeUnit.SECONDS)).isEqualTo(says("Old.", old));
        }
        prompts("withdraw", "route");
        assertThat(ask(second, CAT, "route")).isEqualTo(says("Old.", old));
        assertThat(ask(second, CAT, "route@" + next)).as("as before").isEqualTo(says("New.", next));
    }

    @Test
    void aTenantsVersionAnswersItsCallersAndCanBeNamedListedAndCountedByNobodyElse() {
        second = started("second");
        var own = kept("first", "Acme's.");
        prompts("promote", "route", own, "--tenant", "acme");
        assertThat(ask(second, ANN, "route")).isEqualTo(says("Acme's.", own));
        assertThat(ask(second, ANN, "route@" + own)).isEqualTo(says("Acme's.", own));
        for (var other : List.of(BOB, CAT)) {
            assertThat(ask(second, other, "route")).isEqualTo(says("Old.", old));
            var named = ask(second, other, "route@" + own);
            var invented = ask(second, other, "route@0123456789ab");
            assertThat(named.status()).isEqualTo(404);
            assertThat(named.text().replace(own, "0123456789ab")).isEqualTo(invented.text());
        }
        var acme = new Principal(Set.of("tenant:acme"));
        var beta = new Principal(Set.of("tenant:beta"));
        assertThat(second.models().namesFor(acme))
                .contains("route", "route@" + old, "route@" + own);
        assertThat(second.models().namesFor(beta)).containsExactly("route", "route@" + old);
        assertThat(second.models().changing().names(beta)).doesNotContain("route@" + own);
        assertThat(second.models().chatNames()).doesNotContain("route@" + own);
        var next = kept("first", "New.");
        prompts("promote", "route", next);
        assertThat(ask(second, ANN, "route")).isEqualTo(says("Acme's.", own));
        assertThat(ask(second, BOB, "route")).isEqualTo(says("New.", next));
        prompts("withdraw", "route", "--tenant", "acme");
        assertThat(ask(second, ANN, "route")).isEqualTo(says("New.", next));
    }

    /// Which version answers somebody.
    private Optional<String> version(String model, String... names) {
        return second.models()
                .chat(model, new Principal(Set.of(names)))
                .flatMap(ServedModel::prompt);
    }

    @Test
    void aTextThatWasEditedInTheDatabaseIsNotTakenUp() throws SQLException {
        var next = kept("first", "New.");
        prompts("promote", "route", next);
        try (var connection = DriverManager.getConnection("jdbc:sqlite:" + state());
                var run = connection.createStatement()) {
            run.execute("UPDATE prompt_versions SET content = '{\"instruction\":\"Say all.\"}'");
        }
        assertThat(version("route")).contains(old);
        assertThat(version("route@" + next)).isEmpty();
        prompts("promote", "route", next);
        assertThat(version("route")).contains(next);
    }

    @Test
    void whatACandidateRefusesIsNotTakenUpAndTheTenantGoesOnWithWhatAllHave() {
        second.candidate().refuses = true;
        var own = kept("first", "Acme's.");
        prompts("promote", "route", own, "--tenant", "acme");
        assertThat(version("route", "tenant:acme")).contains(old);
        second.candidate().refuses = false;
        assertThat(version("route", "tenant:acme")).contains(own);
    }

    @Test
    void whoMayNotReadAVersionDoesNotSeeItThoughItIsHisTenants() {
        var sales =
                kept(
                        "first",
                        PromptContent.of("Sales.")
                                .withReaders(Readers.anyOf(List.of("group:sales"))));
        prompts("promote", "route", sales, "--tenant", "acme");
        assertThat(version("route", "tenant:acme")).isEmpty();
        assertThat(version("route@" + sales, "tenant:acme")).isEmpty();
        assertThat(second.models().namesFor(new Principal(Set.of("tenant:acme", "group:sales"))))
                .contains("route@" + sales);
    }
}
