package dev.sartor.sources;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/// User and password, or a token; none of them where the store asks for none. Its text shows neither.
record Credentials(Optional<String> user, Optional<String> password, Optional<String> token) {
    static Credentials of(SourceSettings settings, SourceSettings.Environment environment) {
        return new Credentials(
                settings.secret("user_env", environment),
                settings.secret("password_env", environment),
                settings.secret("token_env", environment));
    }

    boolean isEmpty() {
        return user.isEmpty() && password.isEmpty() && token.isEmpty();
    }

    /// As HTTP has them.
    WebClient.Signature signature() {
        if (token.isPresent()) {
            var bearer = "Bearer " + token.get();
            return (_, _) -> Map.of("Authorization", bearer);
        }
        if (isEmpty()) {
            return WebClient.Signature.none();
        }
        var both = user.orElse("") + ":" + password.orElse("");
        var basic =
                "Basic "
                        + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
        return (_, _) -> Map.of("Authorization", basic);
    }

    @Override
    public String toString() {
        return "Credentials[" + (isEmpty() ? "none" : "…") + "]";
    }
}
