package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class RoleTest {
    @ParameterizedTest
    @EnumSource
    void eachIsFoundByItsName(Role role) {
        assertThat(Role.of(role.wireName())).contains(role);
    }

    @Test
    void namesAreLowerCaseWhateverTheMachinesLanguage() {
        var usual = Locale.getDefault();
        Locale.setDefault(Locale.of("tr"));
        try {
            assertThat(Role.ASSISTANT.wireName()).isEqualTo("assistant");
        } finally {
            Locale.setDefault(usual);
        }
    }

    @Test
    void anotherNameIsNone() {
        assertThat(Role.of("User")).isEmpty();
        assertThat(Role.of("critic")).isEmpty();
    }
}
