package dev.sartor.documents.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Principal;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessManifestTest {
    private static final Principal ANN = new Principal(Set.of("user:ann"));

    @TempDir private Path folder;

    private Path file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("access.yaml"), yaml);
    }

    private AccessManifest manifest(String yaml) throws IOException {
        return AccessManifest.read(file(yaml));
    }

    private static AccessPolicy policy(AccessManifest manifest) {
        return new AccessPolicy(Optional.of(manifest), false, false, "");
    }

    @Test
    void aRuleIsNamedByItsLineNumberAndPatterns() throws IOException {
        var file =
                file(
                        """
                        # who may read what
                        rules:
                          - paths: hr
                            readers: [group:hr]

                          - paths: ["a/**", b.md]
                            readers: everyone
                        """);
        assertThat(AccessManifest.read(file).rules())
                .extracting(AccessManifest.Rule::place)
                .containsExactly(file + ":3: rule 1 (hr)", file + ":6: rule 2 (a/**, b.md)");
    }

    @Test
    void theRulesThatAreAboutNoDocumentAreUnused() throws IOException {
        var manifest =
                manifest(
                        """
                        rules:
                          - {paths: hr, readers: everyone}
                          - {paths: "**/*.md", readers: everyone}
                          - {paths: [sales, "law/**"], readers: everyone}
                        """);
        assertThat(manifest.unused(List.of("hr/pay.pdf", "x.txt")))
                .containsExactly(manifest.rules().get(1), manifest.rules().get(2));
        assertThat(manifest.unused(List.of("hr/pay.md", "law/a.md"))).isEmpty();
        assertThat(manifest.unused(List.of())).hasSize(3);
    }

    @Test
    void aFileThatIsNotThereIsNamed() {
        var missing = folder.resolve("no.yaml");
        assertThatThrownBy(() -> AccessManifest.read(missing))
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER))
                .hasMessageContaining(
                        "--access must name a file with access rules, got " + missing);
        assertThatThrownBy(() -> AccessManifest.read(folder))
                .hasMessageContaining("--access must name a file");
    }

    @Test
    void aManifestWithoutAListOfRulesIsRefused() {
        for (var yaml : List.of("{}", "rules: hr", "rules:")) {
            assertThatThrownBy(() -> manifest(yaml))
                    .as(yaml)
                    .hasMessageContaining("must hold `rules:`, a list of paths");
        }
    }

    /// Only the key is wrong; that the list is missing then says no more.
    @Test
    void aMisspeltKeyIsSaidAlone() {
        assertThatThrownBy(() -> manifest("rule: []"))
                .hasMessageContaining("unknown key 'rule'. Did you mean 'rules'?")
                .hasMessageNotContaining("must hold");
    }

    @Test
    void anUnknownKeyOfARuleIsNamedWithTheNearest() {
        assertThatThrownBy(() -> manifest("rules: [{path: b, paths: b, readers: everyone}]"))
                .hasMessageContaining("rule 1: unknown key 'path'. Did you mean 'paths'?");
    }

    @Test
    void whatIsNoRuleIsRefused() {
        assertThatThrownBy(() -> manifest("rules: [hr]"))
                .hasMessageContaining("rule 1: must name paths, such as");
        assertThatThrownBy(() -> manifest("rules: [{paths: [], readers: everyone}]"))
                .hasMessageContaining("rule 1: must name paths, such as");
    }

    @Test
    void aSourcesPathsBeginWithItsName() throws IOException {
        var policy = policy(manifest("rules: [{paths: wiki/a.md, readers: [user:ann]}]"));
        assertThat(policy.under("wiki").of("a.md", List.of()).admit(ANN)).isTrue();
        assertThat(policy.under("mail").of("a.md", List.of()).admit(ANN)).isFalse();
        assertThat(policy.of("a.md", List.of()).admit(ANN)).isFalse();
    }

    @Test
    void underASourceTheRestOfThePolicyHolds() {
        var policy = new AccessPolicy(Optional.empty(), true, true, "").under("wiki");
        assertThat(policy).isEqualTo(new AccessPolicy(Optional.empty(), true, true, "wiki/"));
        assertThat(policy.of("a.md", List.of()).isEveryone()).isTrue();
    }

    @Test
    void aManifestThatOnlyDeniesOpensNothing() throws IOException {
        var manifest = manifest("rules: [{paths: '**', deny: [user:ben]}]");
        var closed = policy(manifest).of("a.md", List.of());
        assertThat(closed.admit(ANN)).isFalse();
        var open = new AccessPolicy(Optional.of(manifest), false, true, "").of("a.md", List.of());
        assertThat(open.admit(ANN)).isTrue();
        assertThat(open.admit(new Principal(Set.of("user:ben")))).isFalse();
    }

    @Test
    void linesAreThoseOfTheNamedListAlone() throws IOException {
        var file = file("other: [a, b]\nrules: [c,\n  d]\nmore:\n  - e\nnone: x\n");
        assertThat(ListLines.of(file, "rules")).containsExactly(2, 3);
        assertThat(ListLines.of(file, "more")).containsExactly(5);
        assertThat(ListLines.of(file, "none")).isEmpty();
        assertThat(ListLines.of(file, "absent")).isEmpty();
    }

    @Test
    void whatHoldsNoListHasNoLines() throws IOException {
        assertThat(ListLines.of(file("- rules"), "rules")).isEmpty();
        assertThat(ListLines.of(file(""), "rules")).isEmpty();
        assertThat(ListLines.of(file("rules: ["), "rules")).isEmpty();
        assertThat(ListLines.of(folder.resolve("no.yaml"), "rules")).isEmpty();
    }
}
