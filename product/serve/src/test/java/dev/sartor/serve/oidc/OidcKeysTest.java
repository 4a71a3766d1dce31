package dev.sartor.serve.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.serve.ApiKey;
import dev.sartor.serve.Keys;
import dev.sartor.serve.Limits;
import dev.sartor.serve.Scope;
import dev.sartor.serve.Served;
import dev.sartor.serve.ServerSettings;
import dev.sartor.serve.server.Client;
import dev.sartor.serve.server.Server;
import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OidcKeysTest {
    private static final Instant NOW = Instant.parse("2027-01-01T10:00:00Z");
    private static final String OWN = "the-key-of-the-server";

    private Issuer issuer;
    private OidcKeys keys;

    @BeforeEach
    void open() throws IOException {
        issuer = new Issuer();
        keys = opened(settings(issuer.address()));
    }

    @AfterEach
    void close() {
        keys.close();
        issuer.close();
    }

    private static OidcSettings settings(URI issuer) {
        return new OidcSettings(issuer, "sartor", "sub", "groups", Optional.of("org"));
    }

    private static OidcKeys opened(OidcSettings settings) {
        var own = Keys.of(List.of(ApiKey.of(OWN, Principal.local())));
        return OidcKeys.open(settings, Optional.of(own), Clock.fixed(NOW, ZoneOffset.UTC));
    }

    private ApiKey accepted(JWTClaimsSet.Builder claims) {
        return keys.token(issuer.signed(claims.build())).orElseThrow();
    }

    private void refused(String token, String why) {
        assertThatThrownBy(() -> keys.token(token))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                .hasMessageStartingWith("this token is not accepted: ")
                .hasMessageContaining(why);
    }

    @Test
    void aTokensClaimsSayWhoAsks() {
        var ann = accepted(issuer.claims(NOW).claim("org", "acme"));
        assertThat(ann.principal())
                .isEqualTo(
                        new Principal(
                                Set.of("user:ann", "group:sales", "group:hr", "tenant:acme")));
        assertThat(ann.scopes()).isEqualTo(Scope.usual());
        assertThat(ann.id()).isEqualTo("oidc:127.0.0.1");
        assertThat(accepted(issuer.claims(NOW).claim("groups", "sales hr")).principal())
                .isEqualTo(new Principal(Set.of("user:ann", "group:sales", "group:hr")));
        assertThat(accepted(issuer.claims(NOW).claim("groups", null)).principal())
                .isEqualTo(new Principal(Set.of("user:ann")));
    }

    @Test
    void scopesOfOursNarrowWhatATokenIsFor() {
        assertThat(accepted(issuer.claims(NOW).claim("scope", "openid sartor:embed")).scopes())
                .containsExactly(Scope.EMBED);
        assertThat(
                        accepted(
                                        issuer.claims(NOW)
                                                .claim(
                                                        "scp",
                                                        List.of("sartor:infer", "sartor:admin")))
                                .scopes())
                .containsExactlyInAnyOrder(Scope.INFER, Scope.ADMIN);
        assertThat(accepted(issuer.claims(NOW).claim("scope", "openid email")).scopes())
                .isEqualTo(Scope.usual());
    }

    @Test
    void anotherIssuersAudiencesOrTimesTokenIsRefused() {
        refused(issuer.signed(issuer.claims(NOW).issuer("https://evil.example").build()), "iss");
        refused(issuer.signed(issuer.claims(NOW).audience("other").build()), "aud");
        refused(issuer.signed(issuer.claims(NOW).audience((String) null).build()), "aud");
        refused(issuer.signed(issuer.claims(NOW).expirationTime(null).build()), "exp");
        refused(issuer.signed(issuer.claims(NOW).subject(null).build()), "sub");
        refused(issuer.signed(expiring(-61)), "Expired");
        assertThat(keys.token(issuer.signed(expiring(-59)))).as("clocks differ").isPresent();
        var later = issuer.claims(NOW).notBeforeTime(Date.from(NOW.plusSeconds(61)));
        refused(issuer.signed(later.build()), "before");
    }

    private JWTClaimsSet expiring(long seconds) {
        return issuer.claims(NOW).expirationTime(Date.from(NOW.plusSeconds(seconds))).build();
    }

    @Test
    void aSignatureOfNobodyOrOfASharedSecretIsRefused() throws Exception {
        var claims = issuer.claims(NOW).build();
        var whole = issuer.signed(claims);
        refused(whole.substring(0, whole.lastIndexOf('.') + 1) + "AAAA", "no key of the issuer");
        var forged = issuer.claims(NOW).subject("ben").build();
        var parts = whole.split("\\.", -1);
        var swapped = forged.toPayload().toBase64URL().toString();
        refused(parts[0] + "." + swapped + "." + parts[2], "no key of the issuer");
        var unsigned = new PlainJWT(claims).serialize();
        assertThat(keys.token(unsigned)).as("no token at all").isEmpty();
        refused(unsigned + "AAAA", "no key of the issuer");
        // The public key as a shared secret: what an algorithm that is trusted from the header
        // would accept.
        var confused =
                new SignedJWT(
                        new JWSHeader.Builder(JWSAlgorithm.HS256)
                                .keyID(issuer.key().getKeyID())
                                .build(),
                        claims);
        confused.sign(new MACSigner(issuer.key().toPublicKey().getEncoded()));
        refused(confused.serialize(), "no key of the issuer");
    }

    @Test
    void aNewKeyOfTheIssuerIsFetchedWhenItIsFirstSeen() {
        accepted(issuer.claims(NOW));
        accepted(issuer.claims(NOW));
        assertThat(issuer.asked).hasValue(1);
        var old = issuer.signed(issuer.claims(NOW).build());
        issuer.rotate("second");
        accepted(issuer.claims(NOW));
        assertThat(issuer.asked).hasValue(2);
        assertThatThrownBy(() -> keys.token(old)).isInstanceOf(SartorException.class);
        for (int i = 0; i < 20; i++) { // of whoever makes ids up
            issuer.rotate("made-up-" + i);
            var token = issuer.signed(issuer.claims(NOW).build());
            assertThatThrownBy(
                            () -> {
                                if (keys.token(token).isEmpty()) {
                                    throw new AssertionError("no token");
                                }
                                throw SartorException.user("known");
                            })
                    .isInstanceOf(SartorException.class);
        }
        assertThat(issuer.asked.get()).as("fetched at a measure").isLessThan(10);
    }

    @Test
    void whileTheIssuersKeysCannotBeFetchedATokenIsToTryAgain() {
        issuer.isDown = true;
        var token = issuer.signed(issuer.claims(NOW).build());
        assertThatThrownBy(() -> keys.token(token))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.MISSING));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "a\u0007b"})
    void aClaimThatIsNoNameIsRefused(String name) {
        refused(issuer.signed(issuer.claims(NOW).subject(name).build()), "claim sub");
        refused(
                issuer.signed(issuer.claims(NOW).claim("groups", List.of("sales", name)).build()),
                "claim groups");
    }

    @Test
    void aServerTakesTokensBesideItsKeys() {
        var now = OidcKeys.open(settings(issuer.address()), Optional.of(keys), Clock.systemUTC());
        var live = new ServerSettings("127.0.0.1", 0, Optional.of(now), Limits.usual());
        var moment = Clock.systemUTC().instant();
        var token = issuer.signed(issuer.claims(moment).build());
        var over = issuer.claims(moment.minusSeconds(1000)).build();
        try (var server = Server.start(live, Served.withSecrets());
                var ann = new Client(server.url(), Optional.of(token));
                var keeper = new Client(server.url(), Optional.of(OWN));
                var expired = new Client(server.url(), Optional.of(issuer.signed(over)));
                var stranger = new Client(server.url(), Optional.of("no.token.of-anybody"))) {
            assertThat(ann.get("/v1/models/sales/secret").status()).isEqualTo(200);
            assertThat(keeper.get("/v1/models/sales/secret").status()).isEqualTo(404);
            assertThat(keeper.get("/v1/models/open").status()).isEqualTo(200);
            assertThat(expired.get("/v1/models").status()).isEqualTo(401);
            assertThat(stranger.get("/v1/models").code()).isEqualTo("invalid_token");
        }
    }

    @Test
    void whatIsNoIssuerIsToldAtTheStart() {
        for (var address : List.of("http://login.example.com", "https:///x", "https://a/?b")) {
            assertThatThrownBy(() -> settings(URI.create(address)))
                    .as(address)
                    .hasMessageContaining("--oidc-issuer must be an https:// address");
        }
        assertThatThrownBy(() ->
                        new OidcSettings(issuer.address(), " ", "sub", "groups", Optional.empty()))
                .hasMessageContaining("--oidc-audience must be");
        var other = URI.create(issuer.address().toString().replace("127.0.0.1", "localhost"));
        assertThatThrownBy(() -> opened(settings(other)))
                .hasMessageContaining("--oidc-issuer must be the issuer as it names itself");
        issuer.isDown = true;
        assertThatThrownBy(() -> opened(settings(issuer.address())))
                .hasMessageContaining("does not say where the issuer's keys are (it answered 503)");
    }
}
