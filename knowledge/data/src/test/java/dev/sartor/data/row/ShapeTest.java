package dev.sartor.data.row;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ShapeTest {
    @TempDir Path folder;

    static Stream<Arguments> files() {
        return Stream.of(
                Arguments.of("a.csv", "{}", Shape.COMMA_SEPARATED),
                Arguments.of("a.csv", "text;label\na, b;c\n", Shape.SEMICOLON_SEPARATED),
                Arguments.of("a.csv", "\n\"a,b\";label\nx;y\n", Shape.SEMICOLON_SEPARATED),
                Arguments.of("a.csv", "text,label\na;b,c\n", Shape.COMMA_SEPARATED),
                Arguments.of("a.csv", "text\na;b\n", Shape.COMMA_SEPARATED),
                Arguments.of("a.TSV", "x\ty", Shape.TAB_SEPARATED),
                Arguments.of("a.jsonl", "{\"a\":1}\n{\"a\":2}", Shape.LINES),
                Arguments.of("a.json", "{\"a\":1}\n{\"a\":2}", Shape.LINES),
                Arguments.of("a.json", "{\"a\":1}", Shape.LINES),
                Arguments.of("a.json", "\n [{\"a\":1}]\n", Shape.ARRAY),
                Arguments.of("a.jsonl", "[{\"a\":1},\n{\"a\":2}]", Shape.ARRAY),
                Arguments.of("a.jsonl", "[1]\n[2]\n", Shape.LINES),
                Arguments.of("a.json", "{\"version\":1,\"data\":[]}", Shape.SQUAD_DOCUMENT),
                Arguments.of(
                        "a.json", "\uFEFF{\n\"data\":[{}],\"version\":1}", Shape.SQUAD_DOCUMENT),
                Arguments.of("a.json", "{\"data\":{\"x\":[]}}", Shape.LINES),
                Arguments.of("a.json", "{\"data\":[1]}\n{\"data\":[2]}", Shape.LINES),
                Arguments.of("a.json", "{\n\"data\":[", Shape.SQUAD_DOCUMENT),
                Arguments.of("a.json", "{\"a\":1", Shape.LINES),
                Arguments.of("a.json", "[\n{\"a\"", Shape.ARRAY),
                Arguments.of("a.jsonl", "{\"a\n{\"b\":1}", Shape.LINES),
                Arguments.of("a.ndjson", "nonsense", Shape.LINES),
                Arguments.of("a.txt", "", Shape.LINES));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aFilesFirstValueTellsHowItsRowsStand(String name, String content, Shape expected)
            throws IOException {
        var file = folder.resolve(name);
        Files.write(file, content.getBytes(StandardCharsets.UTF_8));
        assertThat(Shape.of(file)).isEqualTo(expected);
        assertThat(Shape.foreign(file)).isEmpty();
    }
}
