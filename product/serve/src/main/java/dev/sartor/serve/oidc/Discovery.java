package dev.sartor.serve.oidc;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/// Where an issuer's keys are: OpenID Connect Discovery 1.0, section 4.
final class Discovery {
    private static final Duration LONGEST = Duration.ofSeconds(10);
    private static final int MOST_BYTES = 1 << 20;
    private static final String WELL_KNOWN = "/.well-known/openid-configuration";

    private Discovery() {}

    /// @throws SartorException where it cannot be asked, or answers for another issuer
    static URI keys(URI issuer) {
        var plain = issuer.toString().replaceFirst("/$", "");
        var address = URI.create(plain + WELL_KNOWN);
        try (var http = HttpClient.newBuilder().connectTimeout(LONGEST).build()) {
            var reply =
                    http.send(
                            HttpRequest.newBuilder(address).timeout(LONGEST).build(),
                            HttpResponse.BodyHandlers.limiting(
                                    HttpResponse.BodyHandlers.ofByteArray(), MOST_BYTES));
            if (reply.statusCode() != 200) {
                throw unanswered(address, "it answered " + reply.statusCode(), null);
            }
            var said = Json.mapper().readTree(reply.body());
            if (!said.path("issuer").asString("").equals(issuer.toString())) {
                throw SartorException.user(
                        "--oidc-issuer must be the issuer as it names itself, got "
                                + issuer
                                + ", and "
                                + address
                                + " says '"
                                + said.path("issuer").asString("")
                                + "': write that.");
            }
            var keys = URI.create(said.path("jwks_uri").asString(""));
            if (!issuer.getScheme().equals(keys.getScheme())) {
                throw unanswered(address, "its jwks_uri is '" + keys + "'", null);
            }
            return keys;
        } catch (IOException | JacksonException | IllegalArgumentException e) {
            throw unanswered(address, String.valueOf(e.getMessage()), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw SartorException.stopped("stopped while the issuer was asked for its keys");
        }
    }

    private static SartorException unanswered(URI address, String why, @Nullable Exception e) {
        var message =
                address
                        + " does not say where the issuer's keys are ("
                        + why
                        + "): see that it can be reached from here, and that --oidc-issuer is right.";
        return e == null ? SartorException.missing(message) : SartorException.missing(message, e);
    }
}
