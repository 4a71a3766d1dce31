package dev.sartor.hub.environment;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.slf4j.LoggerFactory;

/// The proxies that HTTPS_PROXY, HTTP_PROXY, ALL_PROXY and NO_PROXY name, in either case, as curl and pip read them;
/// where they name none, the JVM's own.
final class EnvironmentProxies extends ProxySelector {
    private final Environment environment;

    EnvironmentProxies(Environment environment) {
        super();
        this.environment = environment;
    }

    @Override
    public List<Proxy> select(URI uri) {
        var scheme = Optional.ofNullable(uri.getScheme()).orElse("https");
        var host = Optional.ofNullable(uri.getHost()).orElse("");
        var named = either(scheme + "_proxy").or(() -> either("all_proxy"));
        if (named.isEmpty()) {
            var usual = ProxySelector.getDefault();
            return usual == null ? List.of(Proxy.NO_PROXY) : usual.select(uri);
        }
        return List.of(
                isExcepted(host)
                        ? Proxy.NO_PROXY
                        : proxy(named.orElseThrow()).orElse(Proxy.NO_PROXY));
    }

    private Optional<String> either(String name) {
        return environment
                .variable(name)
                .or(() -> environment.variable(name.toUpperCase(Locale.ROOT)));
    }

    private boolean isExcepted(String host) {
        return Arrays.stream(either("no_proxy").orElse("").split(","))
                .map(String::strip)
                .filter(e -> !e.isEmpty())
                .map(e -> e.startsWith(".") ? e.substring(1) : e)
                .anyMatch(e -> e.equals("*") || host.equals(e) || host.endsWith("." + e));
    }

    private static Optional<Proxy> proxy(String address) {
        try {
            var uri = URI.create(address.contains("://") ? address : "http://" + address);
            if (uri.getHost() == null) {
                return Optional.empty();
            }
            int port = uri.getPort() >= 0 ? uri.getPort() : 80;
            return Optional.of(
                    new Proxy(Proxy.Type.HTTP, new InetSocketAddress(uri.getHost(), port)));
        } catch (IllegalArgumentException e) {
            LoggerFactory.getLogger(EnvironmentProxies.class)
                    .warn("a proxy variable is not an address and is left out");
            return Optional.empty();
        }
    }

    @Override
    public void connectFailed(URI uri, SocketAddress address, IOException e) {
        LoggerFactory.getLogger(EnvironmentProxies.class)
                .debug("the proxy {} does not answer", address, e);
    }
}
