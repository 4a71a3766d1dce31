package dev.sartor.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.project.curation.CurateSettings;
import dev.sartor.project.curation.StatedSettings;
import dev.sartor.project.curation.StepName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// Each step meets rows of which the last is what it looks for (of wrong labels the last 24, since one alone is not expected), and says so
/// of no other.
class EveryStepTest {
    private static final int GOOD = 200;

    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(StepName.class)
    void aStepFindsTheRowThatItLooksForAndNoOther(StepName step) throws IOException {
        var rows = folder.resolve("rows.jsonl");
        var bad = bad(step);
        Files.writeString(rows, goodRows(4) + bad + "\n");
        var out = folder.resolve("out");
        clean(List.of(rows), step, out);

        var found = lines(out.resolve(isChange(step) ? "changed.jsonl" : "removed.jsonl"));
        long wanted = bad.lines().count();
        assertThat(found).hasSizeBetween((int) (wanted + 1) / 2, (int) wanted);
        assertThat(found)
                .allSatisfy(each -> {
                    assertThat(each.get("line").intValue()).isGreaterThan(GOOD);
                    assertThat(each.get("step").stringValue()).isEqualTo(step.key());
                });
        long removed = isChange(step) ? 0 : found.size();
        assertThat(lines(out.resolve("rows/rows.jsonl"))).hasSize((int) (GOOD + wanted - removed));
    }

    private static boolean isChange(StepName step) {
        return step == StepName.SECRETS || step == StepName.PERSONAL_DATA;
    }

    /// Sentences of their own, in two labels that words tell apart.
    private static String goodRows(long seed) {
        var random = new Random(seed);
        var kinds =
                List.of(
                        List.of("battery", "charger", "cable", "power", "voltage", "plug"),
                        List.of("parcel", "courier", "tracking", "doorstep", "shipment", "van"));
        var shared =
                List.of(
                        "please",
                        "tell",
                        "when",
                        "today",
                        "about",
                        "bicycle",
                        "because",
                        "really",
                        "since",
                        "morning",
                        "wanted",
                        "somebody",
                        "nothing",
                        "another",
                        "answer",
                        "waiting",
                        "evening");
        var text = new StringBuilder();
        for (int i = 0; i < GOOD; i++) {
            var own = kinds.get(i % 2);
            text.append("{\"text\":\"The ");
            for (int word = 0; word < 12; word++) {
                var from = word % 3 == 0 ? own : shared;
                text.append(from.get(random.nextInt(from.size()))).append(' ');
            }
            text.append("of the customer and that is it.\",\"label\":\"")
                    .append(i % 2 == 0 ? "battery" : "parcel")
                    .append("\",\"path\":\"src/Good")
                    .append(i)
                    .append(".java\"}\n");
        }
        return text.toString();
    }

    private static String bad(StepName step) {
        var first = goodRows(4).lines().findFirst().orElseThrow();
        return switch (step) {
            case BROKEN -> row("   ", "battery");
            case EXACT_DUPLICATES -> first.replace("The ", "THE, ");
            case NEAR_DUPLICATES -> first.replace("The ", "Thee ");
            case SEMANTIC_DUPLICATES -> first.replace("The ", "It is: the ");
            case QUALITY -> row("buy now ".repeat(60), "battery");
            case LANGUAGE ->
                    row(
                            "Das Rad wurde gestern nicht geliefert, und ich weiß nicht, wann es bei mir ankommt.",
                            "parcel");
            case TOXICITY -> row("what a fucking shit bastard", "parcel");
            case LICENCES ->
                    row(
                            "// SPDX-License-Identifier: GPL-3.0-only\\nint main() { return 0; }",
                            "parcel");
            case SECRETS ->
                    row("the key is ghp_" + "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5", "parcel");
            case PERSONAL_DATA -> row("write to ann.miller@acme-bikes.com please", "parcel");
            case OUTLIERS -> row("xylophone ".repeat(400) + "quartz zebra", "parcel");
            case WRONG_LABELS ->
                    goodRows(5)
                            .lines()
                            .limit(48)
                            .filter(line -> line.contains("\"label\":\"battery\""))
                            .map(line ->
                                    line.replace("\"label\":\"battery\"", "\"label\":\"parcel\""))
                            .collect(Collectors.joining("\n"));
        };
    }

    private static String row(String text, String label) {
        return "{\"text\":\"" + text + "\",\"label\":\"" + label + "\",\"path\":\"src/Bad.java\"}";
    }

    @Test
    void aFieldThatNoRowHasIsNoText() throws IOException {
        var rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, goodRows(4));
        var request =
                request(List.of(rows), Optional.of("txt"), StepName.BROKEN, folder.resolve("out"));

        assertThatThrownBy(() ->
                        new Cleaning(request, "1", Progress.silent(), new Cancellation()).run())
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("got txt, which no row has");
    }

    @Test
    void ofAFolderTextFilesAreARowEachAndWhatIsHiddenOrBinaryIsNone() throws IOException {
        var code = Files.createDirectories(folder.resolve("code/src"));
        Files.writeString(code.resolve("A.java"), "class A {}");
        Files.writeString(code.resolve("B.java"), "class B {}");
        Files.write(code.resolve("a.png"), new byte[] {1, 0, 2});
        Files.writeString(code.resolve(".hidden"), "hidden");
        var report =
                clean(
                        List.of(folder.resolve("code")),
                        StepName.EXACT_DUPLICATES,
                        folder.resolve("out"));

        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.notes()).singleElement().asString().contains("a.png was passed over");
        assertThat(
                        lines(folder.resolve("out/rows/src/A.jsonl"))
                                .getFirst()
                                .get("path")
                                .stringValue())
                .isEqualTo("src/A.java");
    }

    /// What `datasets` saves: files with rows, files that say how they are read, caches; and a repository's card.
    @Test
    void ofAFolderOfDatasetsTheRowsAloneAreRead() throws IOException {
        var saved = Files.createDirectories(folder.resolve("saved/train"));
        Files.writeString(saved.resolve("../dataset_dict.json"), "{\"splits\": [\"train\"]}");
        Files.writeString(saved.resolve("dataset_info.json"), "{\"features\": {}}");
        Files.writeString(
                saved.resolve("state.json"), "{\"_data_files\": [{\"filename\": \"rows.jsonl\"}]}");
        Files.writeString(saved.resolve("rows.jsonl"), row("one", "a") + "\n" + row("two", "b"));
        Files.writeString(saved.resolve("cache-1.jsonl"), row("three", "a"));
        Files.writeString(
                saved.resolve("../README.md"), "---\nconfigs:\n- config_name: default\n---\nCard");
        var report =
                clean(
                        List.of(folder.resolve("saved")),
                        StepName.EXACT_DUPLICATES,
                        folder.resolve("out"));

        assertThat(report.rows()).isEqualTo(2);
        assertThat(report.notes()).hasSize(5).allMatch(note -> note.contains("has no rows"));
    }

    @Test
    void linesThatManyDocumentsHaveAreTakenOut() throws IOException {
        var random = new Random(2);
        var words = List.of("the", "of", "and", "bicycle", "river", "with", "to", "that", "garden");
        var text = new StringBuilder();
        for (int i = 0; i < 40; i++) {
            var body = new StringBuilder();
            for (int word = 0; word < 120; word++) {
                body.append(words.get(random.nextInt(words.size()))).append(i).append(' ');
                body.append(words.get(random.nextInt(words.size()))).append(' ');
            }
            text.append(row("Acme Bikes, all rights reserved\\n" + body + "the end.", "a"));
            text.append('\n');
        }
        var rows = folder.resolve("rows.jsonl");
        Files.writeString(rows, text);
        var settings =
                StatedSettings.read(List.of("quality"), Map.of("quality.profile", "documents"));
        var out = folder.resolve("out");
        var report =
                new Cleaning(
                                request(List.of(rows), Optional.empty(), settings, out),
                                "1",
                                Progress.silent(),
                                new Cancellation())
                        .run();

        assertThat(report.rows()).as(report.toString()).isEqualTo(40);
        assertThat(lines(out.resolve("rows/rows.jsonl")))
                .allMatch(each -> !each.get("text").stringValue().contains("Acme"));
        assertThat(Files.readString(out.resolve("changed.jsonl"))).contains("common_lines");
    }

    private CleaningReport clean(List<Path> files, StepName step, Path out) {
        var request = request(files, Optional.empty(), step, out);
        return new Cleaning(request, "1", Progress.silent(), new Cancellation()).run();
    }

    private CleaningRequest request(
            List<Path> files, Optional<String> text, StepName step, Path out) {
        return request(
                files,
                text,
                StatedSettings.read(
                        List.of(step.key()),
                        step == StepName.LANGUAGE ? Map.of("language.keep", "[en]") : Map.of()),
                out);
    }

    private CleaningRequest request(
            List<Path> files, Optional<String> text, CurateSettings settings, Path out) {
        return new CleaningRequest(
                files,
                List.of(),
                text,
                Optional.empty(),
                settings,
                out,
                true,
                1,
                folder.resolve("key"),
                "words",
                WordVectors::new,
                () -> {
                    throw new AssertionError("no step asks for names");
                },
                () -> {
                    throw new AssertionError("no step fine-tunes");
                },
                sentence -> Optional.of(sentence.contains("Rad") ? "german" : "english"));
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(Json.mapper()::readTree).toList();
        }
    }
}
