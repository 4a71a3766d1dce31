package dev.sartor.serve.http;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Networks;
import dev.sartor.serve.Scope;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.Transport;
import io.javalin.http.Context;
import java.net.InetAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Says who a request comes from, or refuses it.
public final class Gate {
    private static final String SCHEME = "bearer ";
    private static final Pattern LOOPBACK =
            Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1\\]|\\[0:0:0:0:0:0:0:1\\]");
    private static final Pattern PORT = Pattern.compile(":\\d+$");

    private final Optional<Keys> keys;
    private final Set<String> hosts;
    private final Optional<Networks> proxies;

    public Gate(ServerSettings settings) {
        this.keys = settings.keys();
        this.hosts = Set.of(settings.host().toLowerCase(Locale.ROOT));
        this.proxies =
                settings.transport() instanceof Transport.BehindProxy behind
                        ? Optional.of(behind.proxies())
                        : Optional.empty();
    }

    public Caller admit(Context request, String requestId) {
        proxies.ifPresent(known -> refuseStranger(known, request.ip()));
        if (keys.isPresent()) {
            var held = keys.get().now();
            var key = key(request, keys.get(), held);
            return caller(key, keys.get(), held, requestId);
        }
        refuseForeignHost(request);
        return local(requestId);
    }

    private static Caller caller(ApiKey key, Keys keys, Keys.Held held, String requestId) {
        var principal = key.principal();
        var holder =
                new Admission.Holder(
                        principal,
                        keys.takesTokens()
                                || held.keys().stream()
                                        .anyMatch(each -> !each.principal().equals(principal)));
        return new Caller(holder, Optional.of(key.id()), key.scopes(), requestId);
    }

    private static Caller local(String requestId) {
        return new Caller(
                new Admission.Holder(Principal.local(), false),
                Optional.empty(),
                Scope.all(),
                requestId);
    }

    /// The holder of a key, with what he may do now; empty where it holds no more.
    ///
    /// @param id of the key; empty for who needs none
    /// @throws Refused where nobody can say now whether it holds
    public Optional<Caller> holder(Optional<String> id, String requestId) {
        if (keys.isEmpty() || id.isEmpty()) {
            return keys.isEmpty() && id.isEmpty()
                    ? Optional.of(local(requestId))
                    : Optional.empty();
        }
        var held = keys.get().now();
        var found = held.keys().stream().filter(key -> key.id().equals(id.get())).findFirst();
        if (found.isEmpty() && !held.areAll()) {
            throw new Refused(Failure.unconfirmed());
        }
        return found.map(key -> caller(key, keys.get(), held, requestId));
    }

    /// Whether all keys that should hold do.
    public boolean knowsItsKeys() {
        return keys.isEmpty() || keys.get().now().areAll();
    }

    private static ApiKey key(Context request, Keys keys, Keys.Held held) {
        var header = request.header("Authorization");
        if (header == null || !header.toLowerCase(Locale.ROOT).startsWith(SCHEME)) {
            throw unauthorised(
                    request,
                    "You did not send an API key: send the header 'Authorization: Bearer KEY' with"
                            + " a key of this server.",
                    "invalid_api_key");
        }
        var sent = header.substring(SCHEME.length()).strip();
        return held.find(sent)
                .or(() -> token(request, keys, sent))
                .orElseThrow(() ->
                        held.areAll() ? unknown(request) : new Refused(Failure.unconfirmed()));
    }

    private static Optional<ApiKey> token(Context request, Keys keys, String sent) {
        try {
            return keys.token(sent);
        } catch (SartorException e) {
            throw e.kind() == SartorException.Kind.USER
                    ? unauthorised(request, capital(e.getMessage()) + ".", "invalid_token")
                    : new Refused(Failure.unconfirmed());
        }
    }

    private static String capital(@Nullable String text) {
        var whole = String.valueOf(text);
        return whole.substring(0, 1).toUpperCase(Locale.ROOT) + whole.substring(1);
    }

    /// A web page can make its own name point to 127.0.0.1 and then talk to a server there; its name gives it away.
    private void refuseForeignHost(Context request) {
        var header = request.header("Host");
        var host =
                header == null
                        ? ""
                        : PORT.matcher(header).replaceFirst("").toLowerCase(Locale.ROOT);
        if (!LOOPBACK.matcher(host).matches() && !hosts.contains(host)) {
            throw new Refused(
                    Failure.client(
                            403,
                            "This server has no API key and therefore answers to localhost and"
                                    + " 127.0.0.1 only, not to '"
                                    + host
                                    + "': use one of those, or start it with SARTOR_API_KEY set.",
                            "forbidden_host"));
        }
    }

    /// Bytes of others came unencrypted over who knows which network.
    private static void refuseStranger(Networks proxies, String literal) {
        var address = InetAddress.ofLiteral(literal);
        if (!address.isLoopbackAddress() && !proxies.contains(address)) {
            throw new Refused(
                    Failure.client(
                            403,
                            "This server answers to its proxy alone, and not to "
                                    + literal
                                    + ": send requests to the proxy.",
                            "not_the_proxy"));
        }
    }

    private static Refused unknown(Context request) {
        return unauthorised(
                request,
                "This API key is none of this server's (SARTOR_API_KEY, --keys, --state).",
                "invalid_api_key");
    }

    private static Refused unauthorised(Context request, String message, String code) {
        request.header("WWW-Authenticate", "Bearer");
        return new Refused(Failure.client(401, message, code));
    }
}
