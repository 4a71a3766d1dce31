package dev.sartor.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.AnswerForm;
import dev.sartor.core.Principal;
import dev.sartor.core.Readers;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Limits;
import dev.sartor.serve.ServedModel;
import dev.sartor.serve.ServedModels;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A real server whose keys stand in a file that changes.
class FollowedKeysTest {
    private static final String OWN = "the-key-of-the-server";

    @TempDir private Path folder;
    private final HttpClient http = HttpClient.newHttpClient();
    private Server server;
    private Path file;

    @BeforeEach
    void start() throws IOException {
        file = folder.resolve("keys.yaml");
        write(of("ann", "sales"), of("bob", "sales"));
        var own = List.of(ApiKey.of(OWN, Principal.local()));
        var sales =
                new ServedModel(
                        new Parrot(),
                        Readers.anyOf(List.of("group:sales")),
                        new AnswerForm.FreeText(5));
        server =
                Server.start(
                        new ServerSettings(
                                "127.0.0.1",
                                0,
                                Optional.of(FollowedKeys.open(file, own)),
                                Limits.usual()),
                        new ServedModels(Map.of("secret", sales), Map.of()));
    }

    @AfterEach
    void stop() {
        server.close();
        http.close();
    }

    private static String of(String user, String group) {
        return "  - {sha256: %s, user: %s, groups: [%s]}\n"
                .formatted(Sha256.of("the-key-of-" + user), user, group);
    }

    private void write(String... keys) throws IOException {
        Files.writeString(file, "keys:\n" + String.join("", keys));
    }

    private int seen(String key, String path) throws Exception {
        return send(key, path).statusCode();
    }

    private HttpResponse<String> send(String key, String path) throws Exception {
        return http.send(
                HttpRequest.newBuilder(server.url().resolve(path))
                        .header("Authorization", "Bearer " + key)
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private int secret(String user) throws Exception {
        return seen("the-key-of-" + user, "/v1/models/secret");
    }

    @Test
    void aKeyTakenOutOfTheFileIsRefusedFromTheNextRequestOn() throws Exception {
        assertThat(secret("bob")).isEqualTo(200);
        write(of("ann", "sales"));
        assertThat(secret("bob")).isEqualTo(401);
        assertThat(secret("ann")).isEqualTo(200);
        write(of("ann", "sales"), of("cas", "sales"));
        assertThat(secret("cas")).as("a key put in").isEqualTo(200);
    }

    @Test
    void otherGroupsHoldFromTheNextRequestOn() throws Exception {
        assertThat(secret("ann")).isEqualTo(200);
        write(of("ann", "board"), of("bob", "sales"));
        assertThat(secret("ann")).as("as if there were no such model").isEqualTo(404);
        write(of("ann", "sales"), of("bob", "sales"));
        assertThat(secret("ann")).isEqualTo(200);
    }

    @Test
    void aChangeThatNeitherSizeNorTimeTellsIsSeen() throws Exception {
        assertThat(secret("bob")).isEqualTo(200);
        var time = Files.getLastModifiedTime(file);
        long size = Files.size(file);
        write(of("ann", "sales"), of("bob", "board"));
        Files.setLastModifiedTime(file, time);
        assertThat(Files.size(file)).isEqualTo(size);
        assertThat(secret("bob")).isEqualTo(404);
    }

    @Test
    void whileTheFileCannotBeUnderstoodNoneOfItsKeysHolds() throws Exception {
        for (var broken :
                List.of("keys: [", "", "keys: []\n", "keys:\n" + of("ann", "a") + "x: 1")) {
            Files.writeString(file, broken);
            assertThat(secret("ann")).as(broken).isEqualTo(503);
            assertThat(send("the-key-of-ann", "/v1/models").body())
                    .contains("keys_unconfirmed")
                    .doesNotContain(file.toString());
            assertThat(send("none", "/health").body()).contains("keys_unconfirmed");
            assertThat(seen(OWN, "/v1/models")).as("the server's own key").isEqualTo(200);
        }
        write(of("ann", "sales"));
        assertThat(secret("ann")).isEqualTo(200);
        assertThat(secret("bob")).isEqualTo(401);
        assertThat(send("none", "/health").body()).isEqualTo("{\"status\":\"ok\"}");
    }

    @Test
    void aFileThatIsGoneLetsNobodyInUntilItIsBack() throws Exception {
        assertThat(secret("ann")).isEqualTo(200);
        Files.delete(file);
        assertThat(secret("ann")).isEqualTo(503);
        Files.createDirectory(file);
        assertThat(secret("ann")).isEqualTo(503);
        Files.write(Files.createFile(folder.resolve("latin")), new byte[] {'k', (byte) 0xE9});
        Files.delete(file);
        Files.move(folder.resolve("latin"), file);
        assertThat(secret("ann")).isEqualTo(503);
        write(of("ann", "sales"));
        assertThat(secret("ann")).isEqualTo(200);
    }

    @Test
    void aFileHalfWrittenDoesNotCount() throws Exception {
        var whole = "keys:\n" + of("ann", "sales");
        Files.writeString(file, whole.replace(", groups: [sales]", ""));
        var writer =
                Thread.ofVirtual()
                        .start(() -> {
                            try {
                                Thread.sleep(20);
                                Files.writeString(file, whole);
                            } catch (IOException | InterruptedException e) {
                                throw new IllegalStateException(e);
                            }
                        });
        assertThat(secret("ann")).as("neither as before nor half").isIn(503, 200);
        writer.join();
        assertThat(secret("ann")).isEqualTo(200);
    }

    @Test
    void aServerStartsWithAFileThatItUnderstandsAlone() throws IOException {
        Files.writeString(file, "keys: [");
        assertThatThrownBy(() -> FollowedKeys.open(file, List.of()))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("is not valid YAML");
        assertThatThrownBy(() -> FollowedKeys.open(folder, List.of()))
                .hasMessageContaining("is no file that can be read");
    }
}
