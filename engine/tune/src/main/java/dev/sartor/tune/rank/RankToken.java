package dev.sartor.tune.rank;

import dev.sartor.core.Problems;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What the ranks of a training know and nobody else does. It is never sent: each side answers the other's random bytes with their
/// HMAC-SHA256 under it.
public final class RankToken {
    /// Of a token that people choose.
    private static final int LEAST_LENGTH = 16;

    private static final int RANDOM_BYTES = 32;
    private static final String MAC = "HmacSHA256";
    private static final SecureRandom RANDOM = new SecureRandom();

    private final String text;

    private RankToken(String text) {
        this.text = text;
    }

    /// @throws dev.sartor.core.SartorException a user's error where it is shorter than 16 characters
    public static RankToken of(String text) {
        Problems.refuseUnless(
                text.length() >= LEAST_LENGTH,
                "SARTOR_RANK_TOKEN",
                LEAST_LENGTH + " characters or more",
                text.length() + " characters",
                "`openssl rand -hex 32` makes one; give the same to all ranks");
        return new RankToken(text);
    }

    /// One that nobody chose.
    public static RankToken random() {
        return new RankToken(HexFormat.of().formatHex(challenge()));
    }

    /// For the environment of a process that is to know it.
    public String text() {
        return text;
    }

    static byte[] challenge() {
        var bytes = new byte[RANDOM_BYTES];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    /// @param role keeps one side's answer from being the other's
    byte[] answer(String role, byte[] challenge, byte[] own, byte[] said) {
        try {
            var mac = Mac.getInstance(MAC);
            mac.init(new SecretKeySpec(text.getBytes(StandardCharsets.UTF_8), MAC));
            mac.update(role.getBytes(StandardCharsets.UTF_8));
            mac.update(challenge);
            mac.update(own);
            return mac.doFinal(said);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has " + MAC, e);
        }
    }

    static boolean isSame(byte[] one, byte[] other) {
        return MessageDigest.isEqual(one, other);
    }

    /// Not the token.
    @Override
    public String toString() {
        return "a token of " + text.length() + " characters";
    }
}
