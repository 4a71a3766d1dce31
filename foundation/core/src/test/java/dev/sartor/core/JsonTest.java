package dev.sartor.core;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JsonTest {
    @TempDir private Path folder;

    @Test
    void aLineIsOneLineAndPrettyIsSeveral() {
        var value = Map.of("text", List.of("ä\n"));
        assertThat(Json.line(value)).isEqualTo("{\"text\":[\"ä\\n\"]}");
        assertThat(Json.pretty(value).lines()).hasSizeGreaterThan(1);
        assertThat(Json.mapper().readTree(Json.pretty(value)))
                .isEqualTo(Json.mapper().readTree(Json.line(value)));
    }

    @Test
    void aFileThatIsNoJsonIsTheUsersAndOneThatIsNotThereIsMissing() throws IOException {
        var file = Files.writeString(folder.resolve("a.json"), "{\"a\":");
        assertThatThrownBy(() -> Json.read(file))
                .hasMessageContaining("a.json is not valid JSON")
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.USER));
        assertThatThrownBy(() -> Json.read(folder.resolve("gone.json")))
                .hasMessageContaining("gone.json")
                .isInstanceOfSatisfying(
                        SartorException.class,
                        e -> assertThat(e.kind()).isEqualTo(SartorException.Kind.MISSING));
    }
}
