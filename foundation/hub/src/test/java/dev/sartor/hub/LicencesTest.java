package dev.sartor.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.SartorException;
import dev.sartor.hub.cache.Caches;
import dev.sartor.hub.catalogue.Catalogue;
import dev.sartor.hub.catalogue.Licence;
import dev.sartor.hub.environment.Use;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class LicencesTest {
    private static final Clock NOON =
            Clock.fixed(Instant.parse("2026-01-02T12:00:00Z"), ZoneOffset.UTC);

    @TempDir Path folder;
    private final List<String> asked = new ArrayList<>();

    private Licences licences(boolean answer) {
        return Licences.of(
                Caches.at(folder),
                licence -> {
                    asked.add(licence.id());
                    return answer;
                },
                NOON);
    }

    private static Licence known(String id) {
        return Catalogue.builtIn().licence(id).orElseThrow();
    }

    @ParameterizedTest
    @EnumSource(Use.class)
    void anOpenLicenceAllowsEveryUseAndAsksNothing(Use use) {
        assertThatCode(() -> licences(false).check(known("apache-2.0"), use))
                .doesNotThrowAnyException();
        assertThat(asked).isEmpty();
    }

    @Test
    void aUseThatIsNotAllowedIsTheUsersErrorAndNamesTheClause() {
        licences(false).check(known("cc-by-nc-4.0"), Use.RESEARCH);
        assertThatThrownBy(() -> licences(false).check(known("cc-by-nc-4.0"), Use.COMMERCIAL))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                .hasMessageContaining("Attribution-NonCommercial 4.0 does not allow commercial use")
                .hasMessageContaining("section 2(a)(1)")
                .hasMessageContaining("https://creativecommons.org/licenses/by-nc/4.0")
                .hasMessageContaining("Choose another model");
    }

    @Test
    void aGatedLicenceAsksOnceAndTheAcceptanceIsRecordedInTheCache() throws IOException {
        licences(true).check(known("gemma"), Use.COMMERCIAL);
        licences(false).check(known("gemma"), Use.COMMERCIAL);
        assertThat(asked).containsExactly("gemma");
        assertThat(Files.readString(folder.resolve("licences/accepted.json")))
                .contains("\"gemma\"", "Gemma Terms of Use", "2026-01-02T12:00:00Z");
        assertThat(licences(false).isAccepted(known("gemma"))).isTrue();
    }

    @Test
    void aGatedLicenceThatIsNotAcceptedIsAskedAboutAgain() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> licences(false).check(known("gemma"), Use.PERSONAL))
                    .isInstanceOf(SartorException.class)
                    .hasMessageContaining("must be accepted before the model is used")
                    .hasMessageContaining("Gemma Prohibited Use Policy")
                    .hasMessageContaining("https://ai.google.dev/gemma/terms");
        }
        assertThat(asked).hasSize(2);
        assertThat(folder.resolve("licences/accepted.json")).doesNotExist();
    }

    @Test
    void anAcceptanceCountsForTheTermsThatWereShownAndNoOthers() {
        var shown = unread("https://hub.example/acme/tiny");
        licences(true).check(shown, Use.COMMERCIAL);
        assertThat(licences(false).isAccepted(shown)).isTrue();
        assertThat(licences(false).isAccepted(unread("https://hub.example/acme/other"))).isFalse();
        var changed =
                new Licence(
                        shown.id(),
                        shown.name(),
                        shown.terms(),
                        Set.of(),
                        true,
                        false,
                        true,
                        "another clause");
        assertThat(licences(false).isAccepted(changed)).isFalse();
    }

    private static Licence unread(String terms) {
        return Licence.unread("other", "own of acme/tiny", Optional.of(URI.create(terms)));
    }

    @Test
    void aLicenceThatNobodyHasReadIsGatedAndItsCommercialUseIsNotKnown() {
        var licence = unread("https://hub.example/acme/tiny");
        assertThat(licence.commercialUse()).isEmpty();
        assertThatThrownBy(() -> licences(false).check(licence, Use.PERSONAL))
                .hasMessageContaining("Sartor does not know this licence: read its terms");
    }

    @Test
    void theUsersOwnFilesAskNothing() {
        licences(false).check(Licence.ofTheUsersFiles(), Use.COMMERCIAL);
        assertThat(asked).isEmpty();
    }

    @Test
    void aBrokenRecordSaysWhatToRemove() throws IOException {
        Files.createDirectories(folder.resolve("licences"));
        Files.writeString(folder.resolve("licences/accepted.json"), "{\"a\":1}");
        assertThatThrownBy(() -> licences(true).check(known("gemma"), Use.PERSONAL))
                .hasMessageContaining(
                        "accepted.json is not a list of accepted licences: remove it");
    }

    @Test
    void aLicenceThatRestrictsMustSayWhere() {
        assertThatThrownBy(() ->
                        new Licence(
                                "x",
                                "X",
                                Optional.empty(),
                                Set.of(Use.PERSONAL),
                                true,
                                false,
                                false,
                                ""))
                .hasMessageContaining("the clause of licence x");
        assertThatThrownBy(() ->
                        new Licence(
                                "x", "X", Optional.empty(), Set.of(), true, false, false, "unread"))
                .hasMessageContaining("gated where unread");
    }

    @Test
    void aUseIsReadByItsWord() {
        assertThat(Use.named(" Commercial")).isEqualTo(Use.COMMERCIAL);
        assertThatThrownBy(() -> Use.named("military"))
                .hasMessageContaining("personal, research, commercial, got military");
    }
}
