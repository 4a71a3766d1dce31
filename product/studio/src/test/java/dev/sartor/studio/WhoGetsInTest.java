package dev.sartor.studio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Over a real server: the token, the cookie, what a browser says of where a request is from, and what pages allow themselves.
class WhoGetsInTest {
    private static final String PROJECT =
            """
            name: secret-project
            approaches: [zero-shot]
            tasks:
              - name: route
                instruction: Sort.
                labels: [a, b]
                test: test.jsonl
            """;

    @TempDir private Path folder;
    private Visit visit = new Visit(Path.of(""));

    @BeforeEach
    void start() {
        visit.close();
        Visit.write(folder.resolve("secret-folder/sartor.yaml"), PROJECT);
        Visit.write(
                folder.resolve("secret-folder/test.jsonl"),
                "{\"text\": \"t\", \"label\": \"a\"}\n");
        visit = new Visit(folder);
    }

    @AfterEach
    void stop() {
        visit.close();
    }

    private String formToken() {
        var matcher =
                Pattern.compile("name=\"form_token\" value=\"([^\"]+)\"").matcher(visit.page("/"));
        assertThat(matcher.find()).isTrue();
        return matcher.group(1);
    }

    @Test
    void theTokenIsExchangedForACookieThatScriptsCannotReadAndLeavesTheAddress() {
        var answer =
                visit.ask(
                        Visit.request(
                                        visit.studio
                                                .address()
                                                .toString()
                                                .replace("/?", "/project?project=secret-folder&"))
                                .GET());
        assertThat(answer.statusCode()).isEqualTo(303);
        assertThat(answer.headers().firstValue("Location"))
                .contains("/project?project=secret-folder");
        assertThat(answer.headers().firstValue("Set-Cookie").orElseThrow())
                .contains("HttpOnly", "SameSite=Strict", "-" + visit.studio.url().getPort() + "=");
        assertThat(visit.page("/")).contains("secret-folder");
    }

    @Test
    void withoutTheCookieNothingIsShownAtAnyAddress() {
        for (var path :
                List.of(
                        "/",
                        "/project?project=secret-folder",
                        "/task?project=secret-folder&task=route",
                        "/examples?project=secret-folder&task=route",
                        "/examples.csv?project=secret-folder&task=route",
                        "/data?project=secret-folder&task=route",
                        "/training?project=secret-folder",
                        "/training.json?project=secret-folder",
                        "/events?project=secret-folder",
                        "/asset/studio.css",
                        "/nothing",
                        "/?token=wrong")) {
            for (var cookie :
                    List.of("", "sartor-studio-" + visit.studio.url().getPort() + "=wrong")) {
                var answer =
                        visit.ask(Visit.request(visit.at(path)).header("Cookie", cookie).GET());
                assertThat(answer.statusCode()).as(path).isEqualTo(401);
                assertThat(answer.body())
                        .contains("sartor studio")
                        .doesNotContain("secret", "form_token");
            }
        }
    }

    @Test
    void anotherHostIsRefusedThoughItLeadsHere() {
        var token = visit.studio.address().getQuery();
        for (var host : List.of("evil.example", "127.0.0.1:1", "localhost")) {
            assertThat(visit.raw("GET /?" + token + " HTTP/1.1", "Host: " + host))
                    .startsWith("HTTP/1.1 403")
                    .doesNotContain("Set-Cookie");
        }
        assertThat(
                        visit.raw(
                                "GET /?" + token + " HTTP/1.1",
                                "Host: localhost:" + visit.studio.url().getPort()))
                .startsWith("HTTP/1.1 303");
    }

    @Test
    void whatAnotherSitesPageFetchesIsRefusedWithTheCookieToo() {
        for (var site : List.of("cross-site", "same-site")) {
            var answer =
                    visit.ask(
                            Visit.request(visit.at("/project?project=secret-folder"))
                                    .header("Cookie", visit.cookie)
                                    .header("Sec-Fetch-Site", site)
                                    .header("Sec-Fetch-Mode", "no-cors")
                                    .GET());
            assertThat(answer.statusCode()).isEqualTo(403);
            assertThat(answer.body()).doesNotContain("secret");
        }
    }

    @Test
    void aFormCountsFromTheseAndWithItsTokenAlone() {
        var own = visit.studio.url().toString();
        var form = "form_token=" + formToken();
        var cookie = visit.cookie;
        assertThat(visit.post("/leave", form, Map.of("Cookie", cookie)).statusCode())
                .as("no origin")
                .isEqualTo(403);
        assertThat(
                        visit.post(
                                        "/leave",
                                        form,
                                        Map.of("Cookie", cookie, "Origin", "http://evil.example"))
                                .statusCode())
                .isEqualTo(403);
        for (var other : List.of("", "form_token=", "form_token=wrong", "form_token=%zz")) {
            assertThat(
                            visit.post("/leave", other, Map.of("Cookie", cookie, "Origin", own))
                                    .statusCode())
                    .as(other)
                    .isIn(400, 403);
        }
        assertThat(visit.post("/leave", form, Map.of("Origin", own)).statusCode())
                .as("no cookie")
                .isEqualTo(401);
        assertThat(visit.get("/").statusCode()).isEqualTo(200);
        assertThat(visit.post("/leave", form, Map.of("Cookie", cookie, "Origin", own)).statusCode())
                .isEqualTo(303);
        assertThat(visit.get("/").statusCode()).as("after leaving").isEqualTo(401);
    }

    @Test
    void aLargeFormIsRefusedBeforeItIsRead() {
        var large = "form_token=" + "x".repeat(70_000);
        assertThat(
                        visit.post(
                                        "/leave",
                                        large,
                                        Map.of(
                                                "Cookie",
                                                visit.cookie,
                                                "Origin",
                                                visit.studio.url().toString()))
                                .statusCode())
                .isEqualTo(413);
    }

    @Test
    void pagesAllowNothingInlineAndNothingFromElsewhere() {
        for (var path : List.of("/", "/nothing", "/project?project=secret-folder")) {
            var answer = visit.get(path);
            var policy = answer.headers().firstValue("Content-Security-Policy").orElseThrow();
            assertThat(policy)
                    .contains("default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'")
                    .doesNotContain("unsafe", "*", "http");
            assertThat(answer.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
            assertThat(answer.headers().firstValue("Referrer-Policy")).contains("no-referrer");
            assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
            assertThat(answer.body())
                    .doesNotContain(
                            "<style", " style=", "<script>", " onclick", "http://", "https://");
        }
    }

    @Test
    void stylesAndScriptsAreSmallCompressedAndKeptForGood() {
        var sources = Pattern.compile("(?:src|href)=\"(/asset/[^\"]+)\"").matcher(visit.page("/"));
        int bytes = 0;
        int count = 0;
        while (sources.find()) {
            var answer =
                    visit.ask(
                            Visit.request(visit.at(sources.group(1)))
                                    .header("Cookie", visit.cookie)
                                    .header("Accept-Encoding", "gzip")
                                    .GET());
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
            assertThat(answer.headers().firstValue("Cache-Control").orElseThrow())
                    .contains("immutable");
            bytes += Integer.parseInt(answer.headers().firstValue("Content-Length").orElseThrow());
            count++;
        }
        assertThat(count).isEqualTo(3);
        assertThat(bytes).isLessThan(150 << 10);
    }

    @Test
    void anAddressThatOthersReachIsRefused() {
        assertThatThrownBy(() -> Studio.start(folder, "0.0.0.0", 0, new SecureRandom()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("--host must be an address that this machine alone reaches");
    }

    @Test
    void noAddressLeadsOutOfTheFolder() {
        Visit.write(folder.resolveSibling("outside/sartor.yaml"), PROJECT);
        for (var id : List.of("..", "../outside", "/etc", "secret-folder/..", ".hidden", "a//b")) {
            assertThat(visit.get("/project?project=" + id).statusCode()).as(id).isEqualTo(404);
        }
    }
}
