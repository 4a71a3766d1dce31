package dev.sartor.hub.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.hub.ScriptedServer;
import dev.sartor.hub.ScriptedServer.Reply;
import dev.sartor.hub.environment.Quick;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class WebTest {
    private static String text(Web web, URI address) throws FetchFailure, IOException {
        try (var body = web.get(address, "").body()) {
            return new String(body.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theTokenGoesToTheHubAndNotToTheStorageThatItRedirectsTo() throws Exception {
        try (var storage = ScriptedServer.answering(r -> Reply.json("content"));
                var hub =
                        ScriptedServer.answering(
                                r -> Reply.redirect(storage.elsewhere("/blob?signature=x")));
                var web = new Web(Quick.settings(hub.uri("")))) {
            assertThat(text(web, hub.uri("/file"))).isEqualTo("content");
            assertThat(hub.requests().getFirst().headers())
                    .containsEntry("authorization", "Bearer hf_secret");
            assertThat(storage.requests().getFirst().headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void theTokenGoesToNoOtherPortOfTheHubsHost() throws Exception {
        try (var other = ScriptedServer.answering(r -> Reply.json("content"));
                var hub = ScriptedServer.answering(r -> Reply.redirect(other.uri("/x")));
                var web = new Web(Quick.settings(hub.uri("")))) {
            assertThat(text(web, hub.uri("/file"))).isEqualTo("content");
            assertThat(other.requests().getFirst().headers()).doesNotContainKey("authorization");
        }
    }

    @Test
    void aRelativeRedirectIsFollowed() throws Exception {
        try (var hub =
                        ScriptedServer.answering(r ->
                                r.path().equals("/a/b")
                                        ? Reply.of(307).with("Location", "../c")
                                        : Reply.json(r.path()));
                var web = new Web(Quick.settings(hub.uri("")))) {
            assertThat(text(web, hub.uri("/a/b"))).isEqualTo("/c");
        }
    }

    @Test
    void redirectsWithoutEndAreRefused() throws Exception {
        try (var hub = ScriptedServer.answering(r -> Reply.of(302).with("Location", "/again"));
                var web = new Web(Quick.settings(hub.uri("")))) {
            assertThatThrownBy(() -> web.get(hub.uri("/file"), ""))
                    .isInstanceOf(FetchFailure.Refused.class)
                    .hasMessageContaining("redirected more than 10 times");
        }
    }

    @Test
    void aRedirectToAFileIsRefused() throws Exception {
        try (var hub =
                        ScriptedServer.answering(
                                r -> Reply.of(302).with("Location", "file:///etc/passwd"));
                var web = new Web(Quick.settings(hub.uri("")))) {
            assertThatThrownBy(() -> web.get(hub.uri("/file"), ""))
                    .hasMessageContaining("redirects to no address that may be followed");
        }
    }

    @Test
    void aRefusedRequestSaysThatATokenMayBeNeededAndShowsNeitherTokenNorQuery() throws Exception {
        try (var hub = ScriptedServer.answering(r -> Reply.of(401));
                var web = new Web(Quick.settings(hub.uri("")))) {
            assertThatThrownBy(() -> web.get(hub.uri("/file?signature=x"), ""))
                    .isInstanceOf(FetchFailure.Absent.class)
                    .hasMessageContaining("HF_TOKEN")
                    .hasMessageContaining("/file")
                    .hasMessageNotContaining("signature")
                    .hasMessageNotContaining("hf_secret");
        }
    }

    @Test
    void aServerThatAcceptsAndNeverAnswersIsUnreachable() throws Exception {
        try (var silent = new ServerSocket(0)) {
            var address = URI.create("http://127.0.0.1:" + silent.getLocalPort() + "/file");
            try (var web = new Web(Quick.settings(address))) {
                long before = System.nanoTime();
                assertThatThrownBy(() -> web.get(address, ""))
                        .isInstanceOf(FetchFailure.Unreachable.class)
                        .hasMessageContaining("did not answer in time");
                assertThat(Duration.ofNanos(System.nanoTime() - before))
                        .isLessThan(Duration.ofSeconds(8));
            }
        }
    }

    @Test
    void anUnknownHostIsUnreachable() throws Exception {
        var address = URI.create("http://no-such-host.invalid/file");
        try (var web = new Web(Quick.settings(address))) {
            assertThatThrownBy(() -> web.get(address, ""))
                    .isInstanceOf(FetchFailure.Unreachable.class)
                    .hasMessageContaining("no connection to no-such-host.invalid");
        }
    }

    @Test
    void aHostThatAnsweredBeforeGetsAnotherChance() throws Exception {
        var hub = ScriptedServer.answering(r -> Reply.json("content"));
        try (var web = new Web(Quick.settings(hub.uri("")))) {
            var address = hub.uri("/file");
            assertThat(text(web, address)).isEqualTo("content");
            hub.close();
            assertThatThrownBy(() -> web.get(address, "")).isInstanceOf(FetchFailure.Hiccup.class);
        }
    }
}
