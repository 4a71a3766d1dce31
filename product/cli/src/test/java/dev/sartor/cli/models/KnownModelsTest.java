package dev.sartor.cli.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.hub.catalogue.Ability;
import dev.sartor.hub.catalogue.Catalogue;
import org.junit.jupiter.api.Test;

class KnownModelsTest {
    private final Catalogue catalogue = Catalogue.builtIn();

    /// What the authors publish is what the formulas make of the sizes, to the last parameter.
    @Test
    void everyKnownModelHasAsManyParametersAsItsSizesMake() {
        assertThat(catalogue.known())
                .hasSizeGreaterThanOrEqualTo(37)
                .allSatisfy(model ->
                        assertThat(ModelSizes.shape(model).parameters())
                                .as(model.repository())
                                .isEqualTo(model.parameters()))
                .allSatisfy(model ->
                        assertThat(ModelSizes.shape(model).context())
                                .as(model.repository())
                                .isGreaterThanOrEqualTo(model.context()))
                .allSatisfy(model ->
                        assertThat(ModelSizes.shape(model).decodes())
                                .as(model.repository())
                                .isEqualTo(
                                        model.abilities().stream()
                                                .anyMatch(a ->
                                                        a == Ability.CHAT
                                                                || a == Ability.INSTRUCT
                                                                || a == Ability.TEXT)));
    }
}
