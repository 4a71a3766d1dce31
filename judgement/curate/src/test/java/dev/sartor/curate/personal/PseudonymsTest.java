package dev.sartor.curate.personal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class PseudonymsTest {
    private static final byte[] KEY =
            "a key of thirty-two bytes, no less".getBytes(StandardCharsets.UTF_8);

    private final Pseudonyms pseudonyms = new Pseudonyms(KEY);
    private final PersonalScanner scanner =
            new PersonalScanner(PersonalSettings.DEFAULT, List.of());

    private String redacted(String text) {
        return pseudonyms.redact(text, scanner.scan(text));
    }

    @Test
    void theSameValueHasTheSamePseudonymHoweverItIsWritten() {
        var first = redacted("Call +49 30 1234567 now");
        assertThat(first).matches("Call \\[PHONE_[0-9a-z]{8}] now");
        assertThat(redacted("Call 030 1234567 now")).isEqualTo(first);
        assertThat(redacted("Call 030 1234568 now")).isNotEqualTo(first);
    }

    @Test
    void theSameCharactersOfAnotherKindHaveAnother() {
        assertThat(pseudonyms.of(PersonalKind.NL_BSN, "111222333").substring(8))
                .isNotEqualTo(pseudonyms.of(PersonalKind.US_SSN, "111222333").substring(8));
    }

    @Test
    void anotherKeyGivesOthers() {
        var other = new Pseudonyms(Pseudonyms.newKey(new SecureRandom()));
        assertThat(other.of(PersonalKind.EMAIL, "a@b.com"))
                .isNotEqualTo(pseudonyms.of(PersonalKind.EMAIL, "a@b.com"));
    }

    /// HMAC-SHA-256 of `EMAIL`, a zero byte and the value, as Python's hmac computes it; its first 40 bits.
    @Test
    void theTagIsThatOfTheKeyedHash() {
        assertThat(pseudonyms.of(PersonalKind.EMAIL, "a@b.com")).isEqualTo("[EMAIL_8h66wzt1]");
    }

    @Test
    void nothingElseChangesAndNothingIsFoundAgain() {
        var text = "From: a@b.com\nTo: c@d.org, IBAN DE89 3704 0044 0532 0130 00.\n";
        var once = redacted(text);
        assertThat(once)
                .matches("From: \\[EMAIL_.{8}]\nTo: \\[EMAIL_.{8}], IBAN \\[IBAN_.{8}]\\.\n");
        assertThat(redacted(once)).isEqualTo(once);
    }

    @Test
    void tenThousandValuesHaveAsManyPseudonyms() {
        var seen = new HashSet<String>();
        for (int i = 0; i < 10_000; i++) {
            seen.add(pseudonyms.of(PersonalKind.US_SSN, "21909" + i));
        }
        assertThat(seen).hasSize(10_000);
    }

    @Test
    void aShortKeyIsRefused() {
        assertThatThrownBy(() -> new Pseudonyms(new byte[16]))
                .hasMessageContaining("key must be 32 bytes or more, got 16");
    }
}
