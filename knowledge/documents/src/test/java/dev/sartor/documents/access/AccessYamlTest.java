package dev.sartor.documents.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccessYamlTest {
    @TempDir Path folder;

    @Test
    void accessRulesThatAreNestedDeeplyOrNameThemselvesAreAProblemWithALine() throws IOException {
        var file = folder.resolve(".access.yaml");
        var problems = new Problems();
        var _ = AccessYaml.keys(file, "readers: " + "[".repeat(5_000), Set.of("readers"), problems);
        var _ = AccessYaml.keys(file, "readers: &a [*a]", Set.of("readers"), problems);
        assertThat(problems.all())
                .satisfiesExactly(
                        p -> assertThat(p).contains(".access.yaml:1: ", "50 deep"),
                        p -> assertThat(p).contains(".access.yaml:1: ", "within what it names"));
    }

    @Test
    void aFileOfManyMegabytesIsNotRead() throws IOException {
        var file = Files.writeString(folder.resolve("access.yaml"), "#\n".repeat(2 << 20));
        assertThatThrownBy(() -> AccessYaml.text(file, new Problems()))
                .hasMessageContaining("must have at most 3,145,728 bytes, has 4,194,304");
    }

    @Test
    void whatIsNotUtf8IsAProblem() throws IOException {
        var file = Files.write(folder.resolve("latin.yaml"), new byte[] {'a', (byte) 0xe4});
        var problems = new Problems();
        assertThat(AccessYaml.text(file, problems)).isEmpty();
        assertThat(AccessYaml.keys(file, Set.of("a"), problems)).isEmpty();
        assertThat(problems.all())
                .hasSize(2)
                .allMatch(p -> p.equals(file + ": is not UTF-8; save it as UTF-8."));
    }

    @Test
    void whatCannotBeReadIsMissing() {
        assertThatThrownBy(() -> AccessYaml.text(folder.resolve("no.yaml"), new Problems()))
                .hasMessageContaining("cannot read ")
                .extracting(e -> ((SartorException) e).kind())
                .isEqualTo(SartorException.Kind.MISSING);
    }

    @Test
    void theKeysOfAFileAreHandedOn() throws IOException {
        var file = Files.writeString(folder.resolve("a.yaml"), "readers: [user:ann]\n");
        var problems = new Problems();
        assertThat(AccessYaml.text(file, problems)).contains("readers: [user:ann]\n");
        assertThat(AccessYaml.keys(file, Set.of("readers"), problems).get("readers"))
                .isEqualTo(List.of("user:ann"));
        assertThat(problems.all()).isEmpty();
    }

    @Test
    void whatHoldsNoKeysIsAProblem() {
        var problems = new Problems();
        var file = folder.resolve("a.yaml");
        assertThat(AccessYaml.keys(file, "- a", Set.of("a"), problems)).isEmpty();
        assertThat(AccessYaml.keys(file, "", Set.of("a"), problems)).isEmpty();
        assertThat(problems.all())
                .hasSize(2)
                .allMatch(p -> p.startsWith(file + ": must hold keys and values"));
    }

    @Test
    void whatIsNoYamlIsSaidInOneLine() {
        var problems = new Problems();
        assertThat(AccessYaml.keys(folder, "a: [b\nc: d", Set.of("a"), problems)).isEmpty();
        assertThat(problems.all())
                .singleElement()
                .asString()
                .startsWith(folder + ": is not valid YAML: ")
                .endsWith(".")
                .doesNotContain("\n");
    }

    @Test
    void onlyKeysThatAreNotKnownAreProblems() {
        var problems = new Problems();
        AccessYaml.unknown(
                Map.of("readers", "x", "dney", "y"), Set.of("readers", "deny"), "here", problems);
        assertThat(problems.all())
                .containsExactly("here: unknown key 'dney'. Did you mean 'deny'?");
    }
}
