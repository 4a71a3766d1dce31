package dev.sartor.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.file.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeyTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @Test
    void eightCharactersAreEnoughAndSevenAreNot() {
        assertThat(ApiKey.of("12345678", ANN).matches("12345678")).isTrue();
        assertThatThrownBy(() -> ApiKey.of("1234567", ANN))
                .hasMessageContaining("got 7 characters");
    }

    @ParameterizedTest
    @ValueSource(strings = {"~~~~~~~~", "!!!!!!!!", "~secret!"})
    void everyVisibleCharacterMayStandInAKey(String secret) {
        assertThat(ApiKey.of(secret, ANN).matches(secret)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {" 12345678", "1234\u007f5678", "12345678\n"})
    void aBlankOrInvisibleCharacterMayNot(String secret) {
        assertThatThrownBy(() -> ApiKey.of(secret, ANN))
                .hasMessageContaining("visible ASCII characters without spaces");
    }

    @Test
    void aKeyMatchesItsSecretAlone() {
        var key = ApiKey.of("12345678", ANN);
        assertThat(key.matches("12345679")).isFalse();
        assertThat(key.matches("123456789")).isFalse();
        assertThat(key.matches("")).isFalse();
    }

    @Test
    void theDigitsOfADigestMayBeCapitals() {
        var digest = Sha256.of("12345678");
        assertThat(ApiKey.ofDigest(digest, ANN).matches("12345678")).isTrue();
        var capitals = ApiKey.ofDigest(digest.toUpperCase(Locale.ROOT), ANN);
        assertThat(capitals.matches("12345678")).isTrue();
        assertThat(capitals.matches(digest)).isFalse();
    }

    @Test
    void aKeyShowsItsHolderAlone() {
        var key = ApiKey.of("12345678", ANN);
        assertThat(key.principal()).isEqualTo(ANN);
        assertThat(key).hasToString("ApiKey[principal=" + ANN + "]");
    }

    @Test
    void fixedKeysStayThoseThatTheyWere() {
        var keys = new ArrayList<>(List.of(ApiKey.of("12345678", ANN)));
        var fixed = Keys.of(keys);
        keys.clear();
        assertThat(fixed.now().keys()).hasSize(1);
        assertThat(fixed.now().areAll()).isTrue();
    }
}
