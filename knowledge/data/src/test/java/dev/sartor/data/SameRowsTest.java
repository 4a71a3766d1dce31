package dev.sartor.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.sartor.core.Example;
import dev.sartor.core.Json;
import dev.sartor.core.Problems;
import dev.sartor.core.SartorException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.io.TempDir;

/// Rows of any content, in every kind of file; files damaged in any place. The seed is the repetition's number.
class SameRowsTest {
    private static final List<String> PIECES =
            List.of(
                    "word",
                    " ",
                    "\"",
                    "\"\"",
                    ",",
                    ";",
                    "\n",
                    "\r\n",
                    "\t",
                    "{\"a\":1}",
                    "[",
                    "\\n",
                    "é",
                    "東京",
                    "😀",
                    "\u2028",
                    "\uFEFF",
                    "<|im_end|>",
                    "'",
                    "{{ x }}",
                    "\u0000");

    @TempDir Path folder;

    @RepeatedTest(25)
    void aRowSaysTheSameInEveryKindOfFile(RepetitionInfo repetition) throws IOException {
        var rows = rows(new Random(repetition.getCurrentRepetition()));
        var lines = rows.stream().map(Json::line).collect(Collectors.joining("\n"));
        var csv =
                rows.stream()
                        .map(row ->
                                quoted(row, "id")
                                        + ","
                                        + quoted(row, "text")
                                        + ","
                                        + quoted(row, "label"))
                        .collect(Collectors.joining("\r\n", "id,text,label\r\n", "\r\n"));
        for (var result :
                List.of(
                        read("a.jsonl", lines),
                        read("a.json", Json.line(rows)),
                        read("b.json", Json.pretty(rows)),
                        read("a.csv", csv),
                        read(
                                "a.tsv",
                                csv.replace("\",\"", "\"\t\"")
                                        .replace("id,text,label", "id\ttext\tlabel")))) {
            assertThat(result.examples())
                    .extracting(Example::id)
                    .containsExactlyElementsOf(column(rows, "id"));
            assertThat(result.examples())
                    .extracting(Example::text)
                    .containsExactlyElementsOf(column(rows, "text"));
            assertThat(result.examples())
                    .extracting(Example::reference)
                    .containsExactlyElementsOf(column(rows, "label"));
        }
    }

    @RepeatedTest(40)
    void aDamagedFileIsReadOrItsProblemsNamed(RepetitionInfo repetition) throws IOException {
        var random = new Random(repetition.getCurrentRepetition());
        var rows = rows(random);
        for (var name : List.of("d.jsonl", "d.json", "d.csv", "s.json")) {
            var good =
                    switch (name) {
                        case "d.jsonl" ->
                                rows.stream().map(Json::line).collect(Collectors.joining("\n"));
                        case "d.json" -> Json.pretty(rows);
                        case "d.csv" ->
                                rows.stream()
                                        .map(row ->
                                                quoted(row, "text") + "," + quoted(row, "label"))
                                        .collect(Collectors.joining("\n", "text,label\n", ""));
                        default -> SquadSample.NESTED;
                    };
            var file = Files.write(folder.resolve(name), damaged(good, random));
            var problems = new Problems();
            ExampleReader.read(file, DataFormat.AUTO, ReadRules.any(), problems);
            assertThat(problems.all())
                    .allSatisfy(problem -> assertThat(problem).startsWith(file.toString()));
        }
    }

    @RepeatedTest(3)
    void aFileOfNoiseIsRefusedAndNamed(RepetitionInfo repetition) throws IOException {
        var noise = new byte[100_000];
        new Random(repetition.getCurrentRepetition()).nextBytes(noise);
        var file = Files.write(folder.resolve("noise.jsonl"), noise);
        assertThat(
                        catchThrowableOfType(
                                        SartorException.class,
                                        () ->
                                                ExampleReader.read(
                                                        file, DataFormat.AUTO, ReadRules.any()))
                                .getMessage())
                .contains("noise.jsonl:1: is not UTF-8")
                .containsAnyOf(" more of this kind: is not UTF-8", " × is not UTF-8");
    }

    private ReadResult read(String name, String content) throws IOException {
        var file = Files.write(folder.resolve(name), content.getBytes(StandardCharsets.UTF_8));
        return ExampleReader.read(file, DataFormat.AUTO, ReadRules.any());
    }

    private static List<Map<String, String>> rows(Random random) {
        return IntStream.range(0, 1 + random.nextInt(20))
                .mapToObj(i ->
                        Map.of(
                                "id", "row " + i,
                                "text", text(random),
                                "label", text(random)))
                .toList();
    }

    /// Never blank, as a row's texts may not be.
    private static String text(Random random) {
        return IntStream.range(0, random.nextInt(12))
                        .mapToObj(i -> PIECES.get(random.nextInt(PIECES.size())))
                        .collect(Collectors.joining())
                + "x"
                + PIECES.get(random.nextInt(PIECES.size()));
    }

    private static byte[] damaged(String good, Random random) {
        var bytes = good.getBytes(StandardCharsets.UTF_8);
        for (int i = random.nextInt(4); i >= 0; i--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
        }
        return Arrays.copyOf(bytes, 1 + random.nextInt(bytes.length));
    }

    private static String quoted(Map<String, String> row, String field) {
        return "\"" + row.getOrDefault(field, "").replace("\"", "\"\"") + "\"";
    }

    private static List<String> column(List<Map<String, String>> rows, String field) {
        return rows.stream().map(row -> row.getOrDefault(field, "")).toList();
    }
}
