package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AccessTest {
    private static final String KEY = "a-key-of-ours";
    private static final String SECRET_CHAT =
            Served.ONE_MESSAGE.replace("\"m\"", "\"sales/secret\"");
    private static final String SECRET_EMBEDDING = "{\"model\": \"secret-e\", \"input\": \"a\"}";

    @Test
    void whoeverMayNotReadWhatAModelWasMadeFromDoesNotSeeIt() {
        try (var server = Served.start(Served.withSecrets());
                var client = new Client(server)) {
            assertThat(client.get("/v1/models").json().at("/data")).hasSize(1);
            assertThat(client.get("/v1/models/open").status()).isEqualTo(200);
            assertThat(client.get("/v1/models/sales/secret").status()).isEqualTo(404);
            assertThat(client.get("/v1/models/secret-e").status()).isEqualTo(404);
            var hidden = client.chat(SECRET_CHAT);
            var invented = client.chat(SECRET_CHAT.replace("sales/secret", "sales/invent"));
            assertThat(hidden.status()).isEqualTo(404);
            assertThat(hidden.code()).isEqualTo("model_not_found");
            assertThat(hidden.param()).isEqualTo("model");
            assertThat(hidden.text().replace("secret", "invent")).isEqualTo(invented.text());
            assertThat(client.post("/v1/embeddings", SECRET_EMBEDDING).status()).isEqualTo(404);
            assertThat(client.post("/v1/embeddings", SECRET_CHAT).text()).doesNotContain("chats");
        }
    }

    @Test
    void theHolderOfAKeyIsWhomTheKeyIsBoundTo() {
        try (var server = Server.start(keyed("group:sales"), Served.withSecrets());
                var client = new Client(server.url(), Optional.of(KEY))) {
            var models = client.get("/v1/models");
            assertThat(models.json().at("/object").stringValue()).isEqualTo("list");
            assertThat(models.json().at("/data").findValuesAsString("id"))
                    .containsExactly("open", "sales/secret", "secret-e");
            assertThat(models.json().at("/data/0/object").stringValue()).isEqualTo("model");
            assertThat(models.json().at("/data/0/owned_by").stringValue()).isEqualTo("sartor");
            assertThat(models.json().at("/data/0/created").longValue()).isPositive();
            assertThat(client.get("/v1/models/sales/secret").json().at("/id").stringValue())
                    .isEqualTo("sales/secret");
            assertThat(client.get("/v1/models/sales%2Fsecret").status()).isEqualTo(200);
            assertThat(client.chat(SECRET_CHAT).status()).isEqualTo(200);
            assertThat(client.post("/v1/embeddings", SECRET_EMBEDDING).status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"another-key", "a-key-of-our", "a-key-of-ours2", "A-KEY-OF-OURS"})
    void aWrongKeyIsRefused(String wrong) {
        try (var server = Server.start(keyed("user:ann"), Served.withSecrets());
                var client = new Client(server.url(), Optional.of(wrong))) {
            for (var path : new String[] {"/v1/models", "/metrics", "/v1/nothing"}) {
                var reply = client.get(path);
                assertThat(reply.status()).isEqualTo(401);
                assertThat(reply.code()).isEqualTo("invalid_api_key");
                assertThat(reply.header("www-authenticate")).contains("Bearer");
                assertThat(reply.text()).doesNotContain(KEY);
            }
            assertThat(client.chat(Served.ONE_MESSAGE).status()).isEqualTo(401);
        }
    }

    @Test
    void eachKeyHasAHolderOfItsOwn() {
        var digest = Sha256.of("another-key");
        var settings =
                new ServerSettings(
                        "127.0.0.1",
                        0,
                        List.of(
                                ApiKey.of(KEY, new Principal(Set.of("user:ann"))),
                                ApiKey.ofDigest(digest, new Principal(Set.of("group:sales")))),
                        Limits.usual());
        try (var server = Server.start(settings, Served.withSecrets());
                var ann = new Client(server.url(), Optional.of(KEY));
                var sales = new Client(server.url(), Optional.of("another-key"));
                var nobody = new Client(server.url(), Optional.of(digest))) {
            assertThat(ann.chat(SECRET_CHAT).status()).isEqualTo(404);
            assertThat(sales.chat(SECRET_CHAT).status()).isEqualTo(200);
            assertThat(nobody.chat(SECRET_CHAT).status()).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "another-key", "0123456789abcdef"})
    void whatIsNoDigestIsRefusedWithoutBeingShown(String text) {
        assertThatThrownBy(() -> ApiKey.ofDigest(text, Principal.local()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("64 hexadecimal digits")
                .hasMessageContaining("got " + text.length() + " characters")
                .hasMessageNotContaining("another-key");
    }

    @Test
    void withoutItsKeyAServerTellsOnlyThatItLives() {
        try (var server = Server.start(keyed("user:ann"), Served.withSecrets());
                var client = new Client(server)) {
            assertThat(client.get("/health").text()).isEqualTo("{\"status\":\"ok\"}");
            var reply = client.get("/v1/models");
            assertThat(reply.status()).isEqualTo(401);
            assertThat(reply.message()).contains("Authorization: Bearer KEY");
        }
    }

    @Test
    void anAddressThatOthersReachNeedsAKey() {
        assertThatThrownBy(() -> new ServerSettings("0.0.0.0", 0, List.of(), Limits.usual()))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                .hasMessageContaining("--host 0.0.0.0")
                .hasMessageContaining("SARTOR_API_KEY")
                .hasMessageContaining("leave out --host");
        var key = ApiKey.of(KEY, Principal.local());
        var open =
                new ServerSettings(
                        "0.0.0.0",
                        0,
                        Optional.of(Keys.of(List.of(key))),
                        Limits.usual(),
                        new Transport.BehindProxy(Networks.of(List.of("10.0.0.0/8"))),
                        ServerPorts.none());
        try (var server = Server.start(open, Served.withSecrets());
                var client = new Client(server.url(), Optional.of(KEY))) {
            assertThat(client.get("/v1/models").status()).isEqualTo(200);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"localhost", "127.0.0.1", "127.8.9.10", "::1"})
    void thisMachinesOwnAddressesNeedNoKey(String host) {
        assertThat(new ServerSettings(host, 0, List.of(), Limits.usual()).host()).isEqualTo(host);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", "with a space", "bell\u0007bell", "schlüssel-wort"})
    void aKeyThatNoHeaderCarriesOrThatIsEasilyGuessedIsRefusedWithoutBeingShown(String secret) {
        assertThatThrownBy(() -> ApiKey.of(secret, Principal.local()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("at least 8 visible ASCII characters")
                .hasMessageNotContaining(secret);
    }

    @Test
    void aKeyIsNotShown() {
        assertThat(keyed("user:ann").toString()).doesNotContain(KEY).contains("user:ann");
    }

    /// A page on evil.example whose name was made to point here is still called evil.example.
    @Test
    void withoutAKeyOnlyThisMachinesNamesAreAnswered() throws IOException {
        try (var server = Served.start(Served.withSecrets())) {
            assertThat(statusFor(server, "localhost:" + server.port())).contains(" 200 ");
            assertThat(statusFor(server, "[::1]:1")).contains(" 200 ");
            assertThat(statusFor(server, "evil.example")).contains(" 403 ");
            assertThat(statusFor(server, "127.0.0.1.evil.example")).contains(" 403 ");
        }
    }

    @Test
    void namesThatNoClientCouldUseAreRefusedAllAtOnce() {
        var model = new ServedModel(new Echo(), Readers.everyone(), new AnswerForm.FreeText(1));
        var embedder = new ServedEmbedder(new Lengths(), Readers.everyone());
        assertThatThrownBy(() ->
                        new ServedModels(
                                Map.of("../x", model, "a b", model, "twice", model),
                                Map.of("twice", embedder)))
                .hasMessageContaining("'../x'")
                .hasMessageContaining("'a b'")
                .hasMessageContaining("'twice': names a chat model and an embedder")
                .hasMessageContaining("3 problems");
    }

    private static ServerSettings keyed(String name) {
        return ServerSettings.local(0).withApiKey(ApiKey.of(KEY, new Principal(Set.of(name))));
    }

    private static String statusFor(Server server, String host) throws IOException {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            var request =
                    "GET /v1/models HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
