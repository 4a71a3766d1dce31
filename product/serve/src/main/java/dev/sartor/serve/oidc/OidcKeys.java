package dev.sartor.serve.oidc;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.KeySourceException;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.proc.BadJWTException;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Scope;
import java.net.MalformedURLException;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keys, and tokens of an issuer besides: signed JWTs (RFC 7519) whose signature, issuer, audience and times hold. Signatures
/// are of key pairs alone (RS, PS, ES): a shared secret or none is refused whatever the token says. A token signed by a key
/// that is not known yet has the issuer's keys fetched anew, at most twice in half a minute. While the issuer cannot be asked its
/// last keys hold for an hour longer. Thread-safe.
public final class OidcKeys implements Keys {
    private static final Logger LOG = LoggerFactory.getLogger(OidcKeys.class);
    private static final Pattern FORM =
            Pattern.compile("[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+\\.[A-Za-z0-9_-]+");
    private static final Set<JWSAlgorithm> ALGORITHMS =
            Set.of(
                    JWSAlgorithm.RS256,
                    JWSAlgorithm.RS384,
                    JWSAlgorithm.RS512,
                    JWSAlgorithm.PS256,
                    JWSAlgorithm.PS384,
                    JWSAlgorithm.PS512,
                    JWSAlgorithm.ES256,
                    JWSAlgorithm.ES384,
                    JWSAlgorithm.ES512);
    private static final int SKEW_SECONDS = 60;
    private static final int LONGEST_NAME = 200;
    private static final int FETCH_MILLIS = 5_000;
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration KEPT = Duration.ofMinutes(15);
    private static final Duration LONGEST_OUTAGE = Duration.ofHours(1);
    private static final String OURS = "sartor:";

    private final OidcSettings settings;
    private final Optional<Keys> keys;
    private final DefaultJWTProcessor<SecurityContext> tokens = new DefaultJWTProcessor<>();

    private OidcKeys(OidcSettings settings, Optional<Keys> keys, Clock clock)
            throws MalformedURLException {
        this.settings = settings;
        this.keys = keys;
        var fetching = new DefaultResourceRetriever(FETCH_MILLIS, FETCH_MILLIS, MOST_BYTES);
        var source =
                JWKSourceBuilder.<SecurityContext>create(
                                Discovery.keys(settings.issuer()).toURL(), fetching)
                        .cache(KEPT.toMillis(), 2L * FETCH_MILLIS)
                        .refreshAheadCache(false)
                        .retrying(true)
                        .outageTolerant(LONGEST_OUTAGE.toMillis())
                        .build();
        tokens.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, source));
        tokens.setJWSTypeVerifier(
                new DefaultJOSEObjectTypeVerifier<>(
                        JOSEObjectType.JWT, new JOSEObjectType("at+jwt"), null));
        var claims =
                new DefaultJWTClaimsVerifier<SecurityContext>(
                        settings.audience(),
                        new JWTClaimsSet.Builder().issuer(settings.issuer().toString()).build(),
                        Set.of("exp", settings.userClaim())) {
                    @Override
                    protected Date currentTime() {
                        return Date.from(clock.instant());
                    }
                };
        claims.setMaxClockSkew(SKEW_SECONDS);
        tokens.setJWTClaimsSetVerifier(claims);
    }

    /// Asks the issuer where its keys are.
    ///
    /// @param keys that hold besides
    /// @throws SartorException where the issuer cannot be asked
    public static OidcKeys open(OidcSettings settings, Optional<Keys> keys, Clock clock) {
        try {
            return new OidcKeys(settings, keys, clock);
        } catch (MalformedURLException e) {
            throw SartorException.user(
                    settings.issuer() + " names no address of its keys: " + e.getMessage() + ".",
                    e);
        }
    }

    @Override
    public Held now() {
        return keys.map(Keys::now).orElseGet(() -> new Held(List.of(), true));
    }

    @Override
    public boolean takesTokens() {
        return true;
    }

    @Override
    public Optional<ApiKey> token(String text) {
        if (!FORM.matcher(text).matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(holder(text, tokens.process(text, null)));
        } catch (BadJWTException e) {
            throw SartorException.user("this token is not accepted: " + e.getMessage());
        } catch (KeySourceException e) {
            LOG.warn("{}: its keys cannot be fetched: {}", settings.issuer(), e.getMessage());
            throw SartorException.missing("the issuer's keys cannot be fetched", e);
        } catch (BadJOSEException | JOSEException | ParseException e) {
            LOG.debug("a token that no key of the issuer signed", e);
            throw SartorException.user(
                    "this token is not accepted: no key of the issuer signed it as it stands");
        }
    }

    private ApiKey holder(String text, JWTClaimsSet claims) throws ParseException {
        var user = named(settings.userClaim(), claims.getClaim(settings.userClaim()));
        var groups =
                names(claims.getClaim(settings.groupsClaim())).stream()
                        .map(group -> named(settings.groupsClaim(), group))
                        .toList();
        var tenant =
                settings.tenantClaim()
                        .flatMap(claim ->
                                Optional.ofNullable(claims.getClaim(claim))
                                        .map(value -> named(claim, value)));
        return ApiKey.of(text, Principal.of(Optional.of(user), groups, tenant))
                .withId("oidc:" + settings.issuer().getHost())
                .withScopes(scopes(claims));
    }

    /// Those of `scope` (RFC 9068) or `scp` that begin with `sartor:`; the usual ones where none does.
    private static Set<Scope> scopes(JWTClaimsSet claims) {
        var named =
                Stream.of("scope", "scp")
                        .flatMap(claim -> names(claims.getClaim(claim)).stream())
                        .map(String::valueOf)
                        .filter(scope -> scope.startsWith(OURS))
                        .map(scope -> scope.substring(OURS.length()))
                        .toList();
        return named.isEmpty() ? Scope.usual() : Scope.of(named);
    }

    private static List<?> names(@Nullable Object claim) {
        return switch (claim) {
            case null -> List.of();
            case List<?> all -> all;
            case String text ->
                    Arrays.stream(text.split(" ", -1)).filter(each -> !each.isEmpty()).toList();
            default -> List.of(claim);
        };
    }

    private static String named(String claim, @Nullable Object value) {
        if (value instanceof String name
                && !name.isBlank()
                && name.length() <= LONGEST_NAME
                && name.chars().noneMatch(Character::isISOControl)) {
            return name;
        }
        throw SartorException.user(
                "this token is not accepted: its claim " + claim + " holds what is no name");
    }

    @Override
    public void close() {
        keys.ifPresent(Keys::close);
    }
}
