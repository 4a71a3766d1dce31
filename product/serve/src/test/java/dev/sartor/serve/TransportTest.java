package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.InetAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportTest {
    private static final String KEY = "a-key-of-ours";

    @TempDir private Path folder;

    private static ServerSettings settings(String host, Transport transport) {
        var keys = Optional.of(Keys.of(List.of(ApiKey.of(KEY, Principal.local()))));
        return new ServerSettings(host, 0, keys, Limits.usual(), transport, ServerPorts.none());
    }

    private Transport.Tls files() {
        return new Transport.Tls(folder.resolve("cert.pem"), folder.resolve("key.pem"));
    }

    private static int status(Server server, Certificates trusted) throws Exception {
        return get(server, trusted, "/v1/models").statusCode();
    }

    private static String metrics(Server server, Certificates trusted) {
        try {
            return get(server, trusted, "/metrics").body();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static HttpResponse<String> get(Server server, Certificates trusted, String path)
            throws Exception {
        try (var http = HttpClient.newBuilder().sslContext(trusted.trusting()).build()) {
            return http.send(
                    HttpRequest.newBuilder(server.url().resolve(path))
                            .header("Authorization", "Bearer " + KEY)
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void anAddressThatOthersReachNeedsTlsOrAProxy() {
        assertThatThrownBy(() -> settings("0.0.0.0", new Transport.Plain()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("--host 0.0.0.0")
                .hasMessageContaining("--tls-cert and --tls-key")
                .hasMessageContaining("--behind-proxy");
        assertThat(settings("0.0.0.0", files()).host()).isEqualTo("0.0.0.0");
        assertThat(settings("127.0.0.1", new Transport.Plain()).host()).isEqualTo("127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"RSA", "EC", "Ed25519"})
    void bytesAreEncryptedByTheCertificatesKey(String algorithm) throws Exception {
        var own = Certificates.of(algorithm, "own");
        own.write(files().certificate(), files().key());
        try (var server = Server.start(settings("127.0.0.1", files()), Served.withSecrets())) {
            assertThat(server.url().getScheme()).isEqualTo("https");
            assertThat(status(server, own)).isEqualTo(200);
            var other = Certificates.of("EC", "other");
            assertThatThrownBy(() -> status(server, other)).isInstanceOf(SSLException.class);
            try (var plain = HttpClient.newHttpClient()) {
                var inTheClear =
                        HttpRequest.newBuilder(
                                        java.net.URI.create(
                                                "http://127.0.0.1:" + server.port() + "/health"))
                                .build();
                assertThatThrownBy(() ->
                                plain.send(inTheClear, HttpResponse.BodyHandlers.discarding()))
                        .isInstanceOf(IOException.class);
            }
        }
    }

    @Test
    void aRenewedCertificateIsUsedAndABrokenOneIsNot() throws Exception {
        var first = Certificates.of("EC", "own");
        var second = Certificates.of("EC", "other");
        first.write(files().certificate(), files().key());
        try (var server = Server.start(settings("127.0.0.1", files()), Served.withSecrets())) {
            assertThat(status(server, first)).isEqualTo(200);
            second.write(files().certificate(), folder.resolve("unused.pem"));
            Thread.sleep(2_500); // the key is still the first's
            assertThat(status(server, first)).isEqualTo(200);
            second.write(files().certificate(), files().key());
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (!isTrusted(server, second) && System.nanoTime() < deadline) {
                Thread.sleep(100);
            }
            assertThat(status(server, second)).isEqualTo(200);
        }
    }

    private static boolean isTrusted(Server server, Certificates certificates) throws Exception {
        try {
            return status(server, certificates) == 200;
        } catch (SSLException e) {
            return false;
        }
    }

    @Test
    void aClientThatHangsUpIsNoticedThroughTheEncryption() throws Exception {
        var own = Certificates.of("EC", "own");
        own.write(files().certificate(), files().key());
        var held = Held.silent();
        try (var server = Server.start(settings("127.0.0.1", files()), Served.chat(held))) {
            var socket =
                    own.trusting()
                            .getSocketFactory()
                            .createSocket(InetAddress.getLoopbackAddress(), server.port());
            try (socket) {
                var body = Served.ONE_MESSAGE;
                socket.getOutputStream()
                        .write(
                                ("POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization:"
                                                + " Bearer "
                                                + KEY
                                                + "\r\nContent-Type: application/json\r\nContent-Length: "
                                                + body.length()
                                                + "\r\n\r\n"
                                                + body)
                                        .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
                Patience.until(() -> held.started.getCount() == 0);
                assertThat(metrics(server, own)).contains("sartor_running{kind=\"chat\"} 1");
            }
            Patience.until(() -> metrics(server, own).contains("sartor_running{kind=\"chat\"} 0"));
        }
    }

    @Test
    void filesThatDoNotServeAreToldAtTheStart() throws Exception {
        var own = Certificates.of("EC", "own");
        var other = Certificates.of("EC", "other");
        assertThatThrownBy(this::start).hasMessageContaining("--tls-cert must be a PEM file");
        own.write(files().certificate(), folder.resolve("unused.pem"));
        other.write(folder.resolve("unused.pem"), files().key());
        assertThatThrownBy(this::start)
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("does not belong to the certificate of");
        Files.writeString(files().key(), "-----BEGIN EC PRIVATE KEY-----\nMAA=\n");
        assertThatThrownBy(this::start).hasMessageContaining("`openssl pkcs8 -topk8 -nocrypt");
        Files.writeString(files().certificate(), "nothing");
        assertThatThrownBy(this::start)
                .hasMessageContaining("--tls-cert must be a PEM file of certificates");
    }

    private void start() {
        Server.start(settings("127.0.0.1", files()), Served.withSecrets()).close();
    }
}
