package dev.sartor.documents.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Problems;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
}
