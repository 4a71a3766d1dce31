package dev.sartor.serve.oidc;

import dev.sartor.core.SartorException;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/// Whose tokens are accepted, and which of their claims say who asks.
///
/// @param issuer as the tokens' `iss` has it; its keys are found by OpenID Connect Discovery
/// @param audience that must be among the tokens' `aud`
/// @param userClaim names the user
/// @param groupsClaim holds the user's groups: an array of strings, or a string with blanks between
/// @param tenantClaim names the tenant; empty where there are none
public record OidcSettings(
        URI issuer,
        String audience,
        String userClaim,
        String groupsClaim,
        Optional<String> tenantClaim) {
    public OidcSettings {
        boolean isLocal =
                String.valueOf(issuer.getHost())
                        .toLowerCase(Locale.ROOT)
                        .matches("localhost|127\\.0\\.0\\.1|\\[::1\\]");
        if (issuer.getHost() == null
                || issuer.getRawQuery() != null
                || issuer.getRawFragment() != null
                || !("https".equals(issuer.getScheme())
                        || ("http".equals(issuer.getScheme()) && isLocal))) {
            throw SartorException.user(
                    "--oidc-issuer must be an https:// address without ? and #, got '"
                            + issuer
                            + "': name it as the tokens' iss does, such as https://login.example.com/realms/staff.");
        }
        if (audience.isBlank()) {
            throw SartorException.user(
                    "--oidc-audience must be what tokens for this server have in aud, got nothing: a token for another"
                            + " application must not let in here.");
        }
    }
}
