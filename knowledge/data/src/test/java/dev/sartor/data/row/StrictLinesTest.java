package dev.sartor.data.row;

import static org.assertj.core.api.Assertions.assertThat;

import dev.sartor.core.Problems;
import dev.sartor.core.file.Sha256;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictLinesTest {
    @TempDir Path folder;

    @Test
    void linesKeepTheirEndsAndTheirNumbers() throws IOException {
        assertThat(texts("a\r\n\nb")).containsExactly("a\r\n", "\n", "b");
        assertThat(texts("")).isEmpty();
        assertThat(texts("a\n")).containsExactly("a\n");
        try (var lines = lines("x\ny\n".getBytes(StandardCharsets.UTF_8), new Problems())) {
            assertThat(lines.next().orElseThrow().number()).isEqualTo(1);
            assertThat(lines.next().orElseThrow().number()).isEqualTo(2);
            assertThat(lines.next()).isEmpty();
            assertThat(lines.next()).isEmpty();
        }
    }

    @Test
    void whatUnicodeCallsLineSeparatorsEndNoLine() throws IOException {
        assertThat(texts("a\u2028b\u0085c\n")).containsExactly("a\u2028b\u0085c\n");
    }

    @Test
    void onlyTheFirstByteOrderMarkIsLeftOut() throws IOException {
        assertThat(texts("\uFEFFa\n\uFEFFb\n")).containsExactly("a\n", "\uFEFFb\n");
    }

    /// Bytes in hexadecimal: a lone continuation, an overlong slash, half a surrogate pair, beyond U+10FFFF, a cut character.
    @ParameterizedTest
    @CsvSource({
        "80, 1, 80",
        "6162c0af, 3, C0",
        "61eda080, 2, ED",
        "f4908080, 1, F4",
        "616263e282, 4, E2",
        "ff, 1, FF"
    })
    void badBytesAreNamedByLineAndPlace(String hex, int place, String value) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes("good\n".getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(HexFormat.of().parseHex(hex));
        bytes.writeBytes("\nälso good\n".getBytes(StandardCharsets.UTF_8));
        var problems = new Problems();
        try (var lines = lines(bytes.toByteArray(), problems)) {
            lines.digest();
            assertThat(lines.isSound(1, 1)).isTrue();
            assertThat(lines.isSound(2, 2)).isFalse();
            assertThat(lines.isSound(1, 3)).isFalse();
            assertThat(lines.isSound(3, 3)).isTrue();
        }
        assertThat(problems.all())
                .singleElement()
                .asString()
                .endsWith(
                        "lines.txt:2: is not UTF-8: byte 0x"
                                + value
                                + " at byte "
                                + place
                                + " of the line. Save the file as UTF-8.");
    }

    @Test
    void charactersThatStraddleTheBufferStayWhole() throws IOException {
        for (int shift = 0; shift < 4; shift++) {
            var text = "x".repeat((1 << 16) - shift) + "😀".repeat(20_000) + "\n" + "é\n";
            assertThat(texts(text)).containsExactly(text.substring(0, text.length() - 2), "é\n");
        }
    }

    @Test
    void theReaderGivesTheLinesJoined() throws IOException {
        var text = "one\r\n\r\ntwo 😀\nlast";
        try (var lines = lines(text.getBytes(StandardCharsets.UTF_8), new Problems());
                var reader = new BufferedReader(lines.reader(), 3)) {
            var read = new StringBuilder();
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                read.append((char) c);
            }
            assertThat(read.toString()).isEqualTo(text);
        }
    }

    @Test
    void theDigestIsOfAllBytesHoweverFarTheReadingCame() throws IOException {
        var content = ("\uFEFF" + "line\r\n".repeat(30_000)).getBytes(StandardCharsets.UTF_8);
        var file = Files.write(folder.resolve("lines.txt"), content);
        try (var lines = new StrictLines(file, new Problems())) {
            lines.next();
            assertThat(lines.digest()).isEqualTo(Sha256.of(file));
        }
    }

    @Test
    void badBytesAfterAParsersLastWordAreNamedToo() throws IOException {
        var problems = new Problems();
        var bytes = "[1]\n\nx\u00e9\n".getBytes(StandardCharsets.ISO_8859_1);
        try (var lines = lines(bytes, problems)) {
            lines.next();
            assertThat(problems.isEmpty()).isTrue();
            lines.digest();
        }
        assertThat(problems.all()).singleElement().asString().contains("lines.txt:3: is not UTF-8");
    }

    private List<String> texts(String content) throws IOException {
        var problems = new Problems();
        var texts = new ArrayList<String>();
        try (var lines = lines(content.getBytes(StandardCharsets.UTF_8), problems)) {
            for (var line = lines.next(); line.isPresent(); line = lines.next()) {
                texts.add(line.get().text());
            }
        }
        assertThat(problems.isEmpty()).isTrue();
        return texts;
    }

    private StrictLines lines(byte[] content, Problems problems) throws IOException {
        return new StrictLines(Files.write(folder.resolve("lines.txt"), content), problems);
    }

    @Test
    void aLineThatIsTooLongIsNamedAndTheOthersAreRead() throws IOException {
        var file = folder.resolve("long.txt");
        Files.writeString(file, "short\n" + "x".repeat(200_000) + "\nthe end\n");
        var problems = new ArrayList<String>();
        try (var lines =
                new StrictLines(file, (line, what) -> problems.add(line + " " + what), 1000)) {
            assertThat(lines.next().orElseThrow().text()).isEqualTo("short\n");
            assertThat(lines.next().orElseThrow().text()).isBlank();
            assertThat(lines.isSound(2, 2)).isFalse();
            assertThat(lines.next().orElseThrow().text()).isEqualTo("the end\n");
            assertThat(lines.digest()).isEqualTo(Sha256.of(file));
        }
        assertThat(problems).singleElement().asString().startsWith("2 is longer than");
    }
}
