package dev.sartor.serve.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sartor.core.Principal;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Networks;
import dev.sartor.serve.ServerPorts;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.Transport;
import io.javalin.http.Context;
import java.lang.reflect.Proxy;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GateTest {
    private static final ApiKey OF_ANN = key("the-key-of-ann", "user:ann");
    private static final ApiKey OF_BEN = key("the-key-of-ben", "user:ben");

    private final Map<String, String> answered = new HashMap<>();

    private static ApiKey key(String secret, String name) {
        return ApiKey.of(secret, new Principal(Set.of(name)));
    }

    private static Gate open(String host) {
        return new Gate(new ServerSettings(host, 0, Optional.empty(), Limits.usual()));
    }

    private static Gate holding(boolean areAll, ApiKey... keys) {
        var held = new Keys.Held(List.of(keys), areAll);
        return new Gate(
                new ServerSettings("127.0.0.1", 0, Optional.of(() -> held), Limits.usual()));
    }

    /// A request with these headers; `answered` gets those of its answer.
    private Context request(Map<String, String> headers) {
        return (Context)
                Proxy.newProxyInstance(
                        Context.class.getClassLoader(),
                        new Class<?>[] {Context.class},
                        (proxy, method, given) -> {
                            if (method.getName().equals("ip")) {
                                return headers.get("ip");
                            }
                            if (!method.getName().equals("header")) {
                                throw new UnsupportedOperationException(method.getName());
                            }
                            if (given.length == 1) {
                                return headers.get(String.valueOf(given[0]));
                            }
                            answered.put(String.valueOf(given[0]), String.valueOf(given[1]));
                            return proxy;
                        });
    }

    private Context to(String host) {
        return request(Map.of("Host", host));
    }

    private Context with(String authorization) {
        return request(Map.of("Authorization", authorization, "Host", "a.public.name"));
    }

    private static Failure refusal(Gate gate, Context request) {
        return catchThrowableOfType(Refused.class, () -> gate.admit(request, "id")).failure();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "LocalHost:8080",
                "127.0.0.1",
                "127.200.30.4:1",
                "[::1]",
                "[::1]:8080",
                "[0:0:0:0:0:0:0:1]:8080"
            })
    void withoutKeysWhoeverCallsThisMachineByItsNamesIsLocal(String host) {
        assertThat(open("127.0.0.1").admit(to(host), "id").principal())
                .isEqualTo(Principal.local());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "evil.example",
                "evil.example:8080",
                "127.0.0.1.evil.example",
                "evil.127.0.0.1",
                "128.0.0.1",
                "localhost:8080:x"
            })
    void withoutKeysAnotherNameIsRefused(String host) {
        var failure = refusal(open("127.0.0.1"), to(host));
        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure.code()).contains("forbidden_host");
    }

    @Test
    void theRefusedNameIsShownInLowerCaseWithoutItsPort() {
        assertThat(refusal(open("127.0.0.1"), to("Evil.Example:81")).message())
                .contains("not to 'evil.example':");
    }

    @Test
    void withoutKeysARequestThatNamesNoHostIsRefused() {
        var failure = refusal(open("127.0.0.1"), request(Map.of()));
        assertThat(failure.status()).isEqualTo(403);
        assertThat(failure.message()).contains("not to '':");
    }

    @Test
    void theNameThatTheServerWasStartedWithIsAnswered() {
        assertThat(open("127.1").admit(to("127.1:8080"), "id").principal())
                .isEqualTo(Principal.local());
        assertThat(refusal(open("127.1"), to("127.2:8080")).status()).isEqualTo(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer the-key-of-ann",
                "bearer the-key-of-ann",
                "BEARER   the-key-of-ann  "
            })
    void whoeverSendsAKeyIsItsHolderWhateverTheHost(String header) {
        assertThat(holding(true, OF_ANN, OF_BEN).admit(with(header), "id").principal())
                .isEqualTo(OF_ANN.principal());
    }

    @Test
    void theLastOfTheKeysIsKnownToo() {
        assertThat(
                        holding(true, OF_ANN, OF_BEN)
                                .admit(with("Bearer the-key-of-ben"), "id")
                                .principal())
                .isEqualTo(OF_BEN.principal());
    }

    @ParameterizedTest
    @ValueSource(strings = {"the-key-of-ann", "Basic the-key-of-ann", "Bearer", ""})
    void whoeverSendsNoBearersKeyIsToldHow(String header) {
        var failure = refusal(holding(true, OF_ANN), with(header));
        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure.message()).contains("'Authorization: Bearer KEY'");
        assertThat(answered).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void aRequestFromThisMachineNeedsAKeyWhereThereAreKeys() {
        assertThat(refusal(holding(true, OF_ANN), to("localhost")).code())
                .contains("invalid_api_key");
    }

    @Test
    void aKeyThatIsNoneOfTheServersIsRefused() {
        var failure = refusal(holding(true, OF_ANN), with("Bearer the-key-of-ben"));
        assertThat(failure.status()).isEqualTo(401);
        assertThat(failure.message()).contains("none of this server's").doesNotContain("of-ben");
        assertThat(answered).containsEntry("WWW-Authenticate", "Bearer");
    }

    @Test
    void anUnknownKeyWaitsWhereOthersCouldNotBeConfirmed() {
        var failure = refusal(holding(false, OF_ANN), with("Bearer the-key-of-ben"));
        assertThat(failure.status()).isEqualTo(503);
        assertThat(failure.code()).contains("keys_unconfirmed");
        assertThat(holding(false, OF_ANN).admit(with("Bearer the-key-of-ann"), "id").principal())
                .isEqualTo(OF_ANN.principal());
    }

    @Test
    void theGateKnowsItsKeysUnlessSomeAreUnconfirmed() {
        assertThat(open("127.0.0.1").knowsItsKeys()).isTrue();
        assertThat(holding(true, OF_ANN).knowsItsKeys()).isTrue();
        assertThat(holding(false, OF_ANN).knowsItsKeys()).isFalse();
    }

    @Test
    void severalHoldersAreSeveralPrincipalsNotSeveralKeys() {
        assertThat(open("127.0.0.1").admit(to("localhost"), "id").holder().isOneOfSeveral())
                .isFalse();
        assertThat(isOneOfSeveral(OF_ANN)).isFalse();
        assertThat(isOneOfSeveral(OF_ANN, key("another-of-ann", "user:ann"))).isFalse();
        assertThat(isOneOfSeveral(OF_ANN, OF_BEN)).isTrue();
    }

    private boolean isOneOfSeveral(ApiKey... keys) {
        return holding(true, keys)
                .admit(with("Bearer the-key-of-ann"), "id")
                .holder()
                .isOneOfSeveral();
    }

    @ParameterizedTest
    @CsvSource({
        "10.9.8.7, true",
        "127.0.0.1, true",
        "0:0:0:0:0:0:0:1, true",
        "11.0.0.1, false",
        "2001:db8:0:0:0:0:0:1, false"
    })
    void behindAProxyItsAddressesAndThisMachineAreAnswered(String ip, boolean isAnswered) {
        var keys = Optional.of(Keys.of(List.of(OF_ANN)));
        var proxies = Networks.of(List.of("10.0.0.0/8"));
        var gate =
                new Gate(
                        new ServerSettings(
                                "0.0.0.0",
                                0,
                                keys,
                                Limits.usual(),
                                new Transport.BehindProxy(proxies),
                                ServerPorts.none()));
        var asked = request(Map.of("ip", ip, "Authorization", "Bearer the-key-of-ann"));
        if (isAnswered) {
            assertThat(gate.admit(asked, "id").principal()).isEqualTo(OF_ANN.principal());
        } else {
            assertThat(refusal(gate, asked).code()).contains("not_the_proxy");
            assertThat(refusal(gate, asked).message()).contains("not to " + ip + ":");
        }
    }
}
