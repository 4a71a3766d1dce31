package dev.sartor.hub.environment;

import dev.sartor.hub.source.Outside;
import java.net.ProxySelector;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Settings for tests: short waits, a server of the test, no Python unless given.
public final class Quick {
    public static final Patience PATIENCE =
            new Patience(
                    Duration.ofSeconds(2),
                    Duration.ofSeconds(2),
                    Duration.ofMillis(300),
                    4,
                    Duration.ofMillis(5),
                    Duration.ofMillis(1500));
    public static final Environment NOWHERE =
            new Environment(Map.of(), Map.of("user.home", "/nowhere"));

    private Quick() {}

    public static Settings settings(URI endpoint) {
        return settings(endpoint, List.of(List.of("no-such-python")));
    }

    public static Settings settings(URI endpoint, List<List<String>> pythons) {
        return new Settings(
                endpoint,
                Optional.of(new Secret("hf_secret")),
                false,
                pythons,
                ProxySelector.of(null),
                PATIENCE);
    }

    public static Settings offline(Settings s) {
        return new Settings(s.endpoint(), s.token(), true, s.pythons(), s.proxies(), s.patience());
    }

    public static Outside outside(Settings settings) {
        return new Outside(NOWHERE, settings, folder -> Long.MAX_VALUE / 2);
    }
}
