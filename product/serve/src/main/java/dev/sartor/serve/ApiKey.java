package dev.sartor.serve;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import dev.sartor.core.file.Sha256;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import java.util.regex.Pattern;

/// A secret that clients send as `Authorization: Bearer …`, and who they are by it. Keeps the secret's digest only.
public final class ApiKey {
    private static final int SHORTEST = 8;
    private static final Pattern DIGEST = Pattern.compile("[0-9a-fA-F]{64}");

    private final byte[] digest;
    private final Principal principal;

    private ApiKey(byte[] digest, Principal principal) {
        this.digest = digest;
        this.principal = principal;
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
        return MessageDigest.isEqual(digest, digest(offered));
    }

    public Principal principal() {
        return principal;
    }

    @Override
    public String toString() {
        return "ApiKey[principal=" + principal + "]";
    }

    private static byte[] digest(String text) {
        return Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8));
    }
}
