package dev.sartor.serve;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// A secret that clients send as `Authorization: Bearer …`, and who they are by it. Keeps the secret's digest only.
public final class ApiKey {
    private static final int SHORTEST = 8;
    private static final int SHOWN_BYTES = 6;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    private final byte[] digest;
    private final Principal principal;
    private final Set<Scope> scopes;
    private final String id;

    private ApiKey(byte[] digest, Principal principal, Set<Scope> scopes, String id) {
        this.digest = digest;
        this.principal = principal;
        this.scopes = Set.copyOf(scopes);
        this.id = id;
    }

    private ApiKey(byte[] digest, Principal principal) {
        this(
                digest,
                principal,
                Scope.usual(),
                "sha256:" + HexFormat.of().formatHex(digest, 0, SHOWN_BYTES));
    }

    /// The same key, for these uses alone; a key is made for {@link Scope#usual()}.
    public ApiKey withScopes(Set<Scope> uses) {
        return new ApiKey(digest, principal, uses, id);
    }

    /// The same key under another id.
    public ApiKey withId(String name) {
        return new ApiKey(digest, principal, scopes, name);
    }

    /// @throws SartorException a user's error, never showing the secret, where it is too short or no header can carry it
    public static ApiKey of(String secret, Principal principal) {
        if (secret.length() < SHORTEST || secret.chars().anyMatch(c -> c <= ' ' || c > '~')) {
            throw SartorException.user(
                    "the API key must be at least "
                            + SHORTEST
                            + " visible ASCII characters without spaces, got "
                            + secret.length()
                            + " characters: `openssl rand -hex 24` makes a good one");
        }
        return new ApiKey(digest(secret), principal);
    }

    /// The key whose secret has this digest, where the secret itself is not known.
    ///
    /// @param sha256 64 hexadecimal digits
    public static ApiKey ofDigest(String sha256, Principal principal) {
        if (!DIGEST.matcher(sha256).matches()) {
            throw SartorException.user(
                    "sha256 must be the 64 hexadecimal digits of a key's SHA-256, got "
                            + sha256.length()
                            + " characters: `printf %s KEY | sha256sum` prints them");
        }
        return new ApiKey(HexFormat.of().parseHex(sha256.toLowerCase(Locale.ROOT)), principal);
    }

    /// Takes the same time whether the first or the last character is wrong.
    public boolean matches(String offered) {
        return matches(digest(offered));
    }

    boolean matches(byte[] offered) {
        return MessageDigest.isEqual(digest, offered);
    }

    public Principal principal() {
        return principal;
    }

    /// By which logs name it: the beginning of its digest, unless it was given another.
    public String id() {
        return id;
    }

    public Set<Scope> scopes() {
        return scopes;
    }

    @Override
    public String toString() {
        return "ApiKey[principal=" + principal + "]";
    }

    static byte[] digest(String text) {
        return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
