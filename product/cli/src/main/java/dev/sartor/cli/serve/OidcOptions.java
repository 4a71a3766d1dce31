package dev.sartor.cli.serve;

import dev.sartor.core.SartorException;
import dev.sartor.serve.Keys;
import dev.sartor.serve.oidc.OidcKeys;
import dev.sartor.serve.oidc.OidcSettings;
import java.net.URI;
import java.time.Clock;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Whose tokens are accepted besides keys.
final class OidcOptions {
    @Option(
            names = "--oidc-issuer",
            paramLabel = "URL",
            description =
                    "Accept signed tokens (JWTs) of this OpenID Connect issuer, as their iss names it.")
    Optional<URI> issuer = Optional.empty();

    @Option(
            names = "--oidc-audience",
            paramLabel = "AUDIENCE",
            description = "What must be among the tokens' aud.")
    Optional<String> audience = Optional.empty();

    @Option(
            names = "--oidc-user-claim",
            paramLabel = "CLAIM",
            description = "The claim that names the user (default: ${DEFAULT-VALUE}).")
    String userClaim = "sub";

    @Option(
            names = "--oidc-groups-claim",
            paramLabel = "CLAIM",
            description = "The claim with the user's groups (default: ${DEFAULT-VALUE}).")
    String groupsClaim = "groups";

    @Option(
            names = "--oidc-tenant-claim",
            paramLabel = "CLAIM",
            description = "The claim that names the user's tenant (default: none).")
    Optional<String> tenantClaim = Optional.empty();

    /// @param keys that hold besides
    Optional<Keys> with(Optional<Keys> keys) {
        if (issuer.isPresent() != audience.isPresent()) {
            throw SartorException.user(
                    "--oidc-issuer and --oidc-audience belong together: give both, or neither.");
        }
        return issuer.<Keys>map(address ->
                        OidcKeys.open(
                                new OidcSettings(
                                        address,
                                        audience.orElseThrow(),
                                        userClaim,
                                        groupsClaim,
                                        tenantClaim),
                                keys,
                                Clock.systemUTC()))
                .or(() -> keys);
    }
}
