package dev.sartor.curate.personal;

import dev.sartor.core.Problems;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/// What stands in the place of personal data: `[EMAIL_7k2c9fxq]`, the kind and a tag of eight characters. The tag is from an HMAC
/// (SHA-256) of the kind and the value with the data set's key. So the same value has the same pseudonym in every row, whichever
/// row came first, on however many threads, and after a run that was cut off; a number that counts the values by first meeting
/// would not. Without the key nobody can find a value by trying all national numbers. Of a million different values of a kind,
/// 0.5 pairs share a tag (40 bits). Thread-safe.
public final class Pseudonyms {
    public static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int TAG_CHARS = 8;
    private static final int TAG_BYTES = 5;
    private static final int CHAR_BITS = 5;

    /// Without `i`, `l`, `o` and `u` (Crockford's base 32), so that no tag is a word.
    private static final String ALPHABET = "0123456789abcdefghjkmnpqrstvwxyz";

    private final SecretKeySpec key;

    /// @param key of the data set, 32 bytes: who has it can test guesses, so it is kept apart from the rows
    public Pseudonyms(byte[] key) {
        Problems.refuseUnless(
                key.length >= KEY_BYTES,
                "key",
                KEY_BYTES + " bytes or more",
                key.length,
                "let newKey make one");
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    public static byte[] newKey(SecureRandom random) {
        var key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /// @param value what all ways of writing it have in common: `PersonalFinding.value`
    public String of(PersonalKind kind, String value) {
        return "[" + kind.name() + "_" + tag(kind, value) + "]";
    }

    /// The text with a pseudonym in the place of each finding.
    ///
    /// @param findings in the order of the text, none overlapping another
    public String redact(String text, List<PersonalFinding> findings) {
        var redacted = new StringBuilder(text.length());
        int from = 0;
        for (var each : findings) {
            redacted.append(text, from, each.start()).append(of(each.kind(), each.value()));
            from = each.end();
        }
        return redacted.append(text, from, text.length()).toString();
    }

    private String tag(PersonalKind kind, String value) {
        var mac = mac();
        mac.update(kind.name().getBytes(StandardCharsets.US_ASCII));
        mac.update((byte) 0);
        var bytes = mac.doFinal(value.toLowerCase(Locale.ROOT).getBytes(StandardCharsets.UTF_8));
        long bits = 0;
        for (int i = 0; i < TAG_BYTES; i++) {
            bits = (bits << 8) | (bytes[i] & 0xff);
        }
        var tag = new StringBuilder(TAG_CHARS);
        for (int i = TAG_CHARS - 1; i >= 0; i--) {
            tag.append(ALPHABET.charAt((int) ((bits >>> (i * CHAR_BITS)) & 31)));
        }
        return tag.toString();
    }

    private Mac mac() {
        try {
            var mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
