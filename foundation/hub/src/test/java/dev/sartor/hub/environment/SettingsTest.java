package dev.sartor.hub.environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsTest {
    @TempDir Path home;

    private Settings of(Map<String, String> variables) {
        return Settings.of(environment(variables));
    }

    private Environment environment(Map<String, String> variables) {
        return new Environment(variables, Map.of("user.home", home.toString(), "os.name", "Linux"));
    }

    @Test
    void theHubIsHuggingFacesUnlessAMirrorIsNamed() {
        assertThat(of(Map.of()).endpoint()).isEqualTo(URI.create("https://huggingface.co"));
        assertThat(of(Map.of("HF_ENDPOINT", "http://mirror:8080/hf/")).endpoint())
                .isEqualTo(URI.create("http://mirror:8080/hf"));
        for (var bad : List.of("mirror", "ftp://mirror", "http://", "http://a b")) {
            assertThatThrownBy(() -> of(Map.of("HF_ENDPOINT", bad)))
                    .hasMessageContaining(
                            "HF_ENDPOINT must be an http or https address, got " + bad);
        }
    }

    @Test
    void theTokenIsFoundWhereTheHubsOwnToolsPutIt() throws IOException {
        assertThat(of(Map.of()).token()).isEmpty();
        token(home.resolve(".cache/huggingface/token"), "from-home\n");
        assertThat(of(Map.of()).token()).contains(new Secret("from-home"));
        token(home.resolve("hf/token"), "from-hf-home");
        var hfHome = Map.of("HF_HOME", home.resolve("hf").toString());
        assertThat(of(hfHome).token()).contains(new Secret("from-hf-home"));
        token(home.resolve("t"), "from-path");
        assertThat(of(Map.of("HF_TOKEN_PATH", "~/t")).token()).contains(new Secret("from-path"));
        assertThat(of(Map.of("HF_TOKEN", "from-variable")).token())
                .contains(new Secret("from-variable"));
    }

    private static void token(Path file, String text) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    @Test
    void theTokenIsNeverShown() {
        assertThat(of(Map.of("HF_TOKEN", "hf_secret")).toString()).doesNotContain("hf_secret");
    }

    @Test
    void offlineIsAWish() {
        assertThat(of(Map.of()).offline()).isFalse();
        assertThat(of(Map.of("SARTOR_OFFLINE", "1")).offline()).isTrue();
        assertThat(of(Map.of("SARTOR_OFFLINE", "0")).offline()).isFalse();
        assertThat(of(Map.of("HF_HUB_OFFLINE", "true")).offline()).isTrue();
        assertThat(
                        Settings.of(new Environment(Map.of(), Map.of("sartor.offline", "yes")))
                                .offline())
                .isTrue();
    }

    @Test
    void thePythonToAskCanBeNamed() {
        assertThat(of(Map.of()).pythons()).containsExactly(List.of("python3"), List.of("python"));
        assertThat(of(Map.of("SARTOR_PYTHON", "/opt/py")).pythons())
                .containsExactly(List.of("/opt/py"));
        assertThat(
                        Settings.of(new Environment(Map.of(), Map.of("os.name", "Windows 11")))
                                .pythons())
                .containsExactly(List.of("py", "-3"), List.of("python"));
    }

    private List<Proxy> proxies(String address, Map<String, String> variables) {
        return new EnvironmentProxies(environment(variables)).select(URI.create(address));
    }

    private static Proxy at(String host, int port) {
        return new Proxy(Proxy.Type.HTTP, new InetSocketAddress(host, port));
    }

    @Test
    void proxiesAreThoseThatTheVariablesName() {
        var both = Map.of("https_proxy", "http://127.0.0.1:3128", "HTTP_PROXY", "127.0.0.2:99");
        assertThat(proxies("https://hub/x", both)).containsExactly(at("127.0.0.1", 3128));
        assertThat(proxies("http://hub/x", both)).containsExactly(at("127.0.0.2", 99));
        assertThat(proxies("https://hub/x", Map.of("ALL_PROXY", "http://127.0.0.3")))
                .containsExactly(at("127.0.0.3", 80));
        assertThat(proxies("https://hub/x", Map.of("HTTPS_PROXY", "not an address")))
                .containsExactly(Proxy.NO_PROXY);
    }

    @Test
    void hostsThatNoProxyNamesAreReachedDirectly() {
        var variables =
                Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "NO_PROXY", "localhost, .corp.example");
        assertThat(proxies("https://localhost/x", variables)).containsExactly(Proxy.NO_PROXY);
        assertThat(proxies("https://hub.corp.example/x", variables))
                .containsExactly(Proxy.NO_PROXY);
        assertThat(proxies("https://corp.example.org/x", variables))
                .containsExactly(at("127.0.0.1", 1));
        assertThat(
                        proxies(
                                "https://anything/x",
                                Map.of("HTTPS_PROXY", "http://127.0.0.1:1", "NO_PROXY", "*")))
                .containsExactly(Proxy.NO_PROXY);
    }
}
