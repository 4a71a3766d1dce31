package dev.sartor.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.EntityRecogniser;
import dev.sartor.core.EntityRecogniser.NamedEntity;
import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.personal.ModelNames;
import dev.sartor.project.curation.CurateSettings;
import dev.sartor.project.curation.StatedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

class CleaningTest {
    private static final List<String> USUAL = List.of("exact_duplicates", "near_duplicates");

    @TempDir Path folder;
    private Path rows;

    @BeforeEach
    void writeRows() throws IOException {
        rows = folder.resolve("train.jsonl");
        Files.writeString(
                rows,
                """
                {"text":"Where is the bike that I ordered on Monday?","label":"delivery","id":1}
                {"text":"where is the bike that I ordered on Monday","label":"delivery","id":2}
                {"text":"The battery does not charge any more since yesterday evening.","label":"battery"}
                {"text":"The battery does not charge any more since yesterday evenin.","label":"battery"}
                {"text":"Please cancel my contract at the end of the year.","label":"cancel"}
                not JSON at all
                """);
    }

    @Test
    void everyRowThatGoesIsRecordedWithItsReasonAndTheRowThatStays() {
        var report = clean(request(folder.resolve("out"), USUAL));

        assertThat(report.rows()).isEqualTo(3);
        assertThat(report.read()).isEqualTo(6);
        var removed = lines(folder.resolve("out/removed.jsonl"));
        assertThat(removed)
                .extracting(
                        each -> each.get("line").intValue(), each -> each.get("step").stringValue())
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(6, "reading"),
                        org.assertj.core.groups.Tuple.tuple(2, "exact_duplicates"),
                        org.assertj.core.groups.Tuple.tuple(4, "near_duplicates"));
        assertThat(removed.get(0).get("reason").stringValue()).startsWith("is not JSON");
        assertThat(removed.get(1).get("kept").get("line").intValue()).isEqualTo(1);
        assertThat(removed.get(2).get("kept").get("line").intValue()).isEqualTo(3);
        assertThat(removed.get(2).get("score").doubleValue()).isBetween(0.8, 1.0);
    }

    @Test
    void rowsThatStayHaveAllTheirFieldsAndTheirOrder() {
        clean(request(folder.resolve("out"), USUAL));

        var left = lines(folder.resolve("out/rows/train.jsonl"));
        assertThat(left).hasSize(3);
        assertThat(left.getFirst())
                .isEqualTo(
                        Json.mapper()
                                .readTree(
                                        "{\"text\":\"Where is the bike that I ordered on Monday?\",\"label\":\"delivery\",\"id\":1}"));
        assertThat(left.getLast().get("label").stringValue()).isEqualTo("cancel");
    }

    @Test
    void theSourceStaysAsItIs() throws IOException {
        var before = Files.readAllBytes(rows);
        clean(request(folder.resolve("out"), USUAL));
        assertThat(Files.readAllBytes(rows)).isEqualTo(before);
    }

    @Test
    void rowsThatEqualATestRowGoAndTheTestRowStays() throws IOException {
        var test = folder.resolve("test.jsonl");
        Files.writeString(
                test, "{\"text\":\"Please, cancel my contract at the end of the year\"}\n");
        var report =
                clean(request(List.of(rows), List.of(test), folder.resolve("out"), USUAL, true));

        assertThat(report.rows()).isEqualTo(2);
        assertThat(
                        lines(folder.resolve("out/removed.jsonl"))
                                .get(2)
                                .get("kept")
                                .get("file")
                                .stringValue())
                .isEqualTo(test.toString());
        assertThat(folder.resolve("out/rows/test.jsonl")).doesNotExist();
    }

    @Test
    void aLabelThatWouldLoseAllItsRowsIsRefusedUntilItMay() throws IOException {
        var test = folder.resolve("test.jsonl");
        Files.writeString(
                test, "{\"text\":\"Please cancel my contract at the end of the year.\"}\n");
        var out = folder.resolve("out");

        assertThatThrownBy(() -> clean(request(List.of(rows), List.of(test), out, USUAL, false)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("cancel")
                .hasMessageContaining("--yes");
        assertThat(out.resolve("recipe.json")).doesNotExist();
        assertThat(clean(request(List.of(rows), List.of(test), out, USUAL, true)).rows())
                .isEqualTo(2);
    }

    @Test
    void moreThanHalfOfTheRowsIsRefusedUntilItMay() throws IOException {
        Files.writeString(rows, "{\"text\":\"the same text\"}\n".repeat(5));
        var out = folder.resolve("out");

        assertThatThrownBy(() -> clean(request(out, USUAL)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("4 of 5");
        assertThat(clean(request(List.of(rows), List.of(), out, USUAL, true)).rows()).isEqualTo(1);
    }

    @Test
    void aRunThatWasStoppedAnywhereGoesOnAndEndsWithTheSameBytes() throws IOException {
        writeMany();
        var steps = List.of("broken", "exact_duplicates", "near_duplicates", "personal_data");
        var whole = folder.resolve("whole");
        clean(request(whole, steps));
        var expected = bytes(whole);

        for (int stop = 1; stop <= 4; stop++) {
            var out = folder.resolve("stopped-" + stop);
            var cancellation = new Cancellation();
            var left = new int[] {stop};
            var stopping = new Stopping(cancellation, left);
            try {
                new Cleaning(request(out, steps), "1", stopping, cancellation).run();
            } catch (CancellationException e) {
                assertThat(out.resolve("recipe.json")).doesNotExist();
            }
            if (!Files.exists(out.resolve("recipe.json"))) {
                clean(request(out, steps));
            }
            assertThat(bytes(out)).isEqualTo(expected);
        }
    }

    @Test
    void personalDataIsReplacedAndTheChangeRecordedWithoutIt() throws IOException {
        Files.writeString(
                rows,
                """
                {"text":"Write to ann.miller@acme-bikes.com please","label":"a","readers":["user:ann"]}
                {"text":"Nothing to see here","label":"b"}
                """);
        clean(request(folder.resolve("out"), List.of("personal_data")));

        var left = lines(folder.resolve("out/rows/train.jsonl"));
        assertThat(left.getFirst().get("text").stringValue())
                .matches("Write to \\[EMAIL_[0-9a-z]{8}] please");
        assertThat(left.getFirst().get("readers").get(0).stringValue()).isEqualTo("user:ann");
        var changed = Files.readString(folder.resolve("out/changed.jsonl"));
        assertThat(changed).contains("\"email\":1").doesNotContain("miller");
    }

    @Test
    void namesThatAModelMarksAreReplacedByOnePseudonymHoweverTheyAreWritten() throws IOException {
        Files.writeString(
                rows,
                """
                {"text":"Ann Miller called from Rome","label":"a"}
                {"text":"call ANN  MILLER back","label":"b"}
                {"text":"the miller of the village","label":"b"}
                """);
        var settings =
                StatedSettings.read(
                        List.of("personal_data"), Map.of("personal_data.names", "some/ner"));
        var report = clean(request(folder.resolve("out"), settings));

        var left = lines(folder.resolve("out/rows/train.jsonl"));
        var first = left.get(0).get("text").stringValue();
        assertThat(first).matches("\\[PERSON_[0-9a-z]{8}] called from \\[LOCATION_[0-9a-z]{8}]");
        assertThat(left.get(1).get("text").stringValue())
                .isEqualTo("call " + first.substring(0, first.indexOf(']') + 1) + " back");
        assertThat(left.get(2).get("text").stringValue()).isEqualTo("the miller of the village");
        assertThat(report.steps().getFirst().notes().toString())
                .contains("those that some/ner marks");
    }

    @Test
    void aModelThatMarksNoNamesIsRefused() {
        assertThatThrownBy(() -> new ModelNames(new Marking(List.of("VERB", "NOUN"))))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("got one with VERB, NOUN");
    }

    /// Marks one person and one place.
    private record Marking(List<String> labels) implements EntityRecogniser {
        private static final Pattern NAME =
                Pattern.compile("(?<PER>(?:Ann|ANN)\\s+\\w+)|(?<LOC>Rome)");

        @Override
        public List<NamedEntity> entities(String text) {
            return NAME.matcher(text)
                    .results()
                    .map(each ->
                            new NamedEntity(
                                    each.group("PER") == null ? "LOC" : "PER",
                                    each.start(),
                                    each.end(),
                                    0.9))
                    .toList();
        }

        @Override
        public void close() {}
    }

    @Test
    void aFolderThatHoldsSomethingElseIsLeftAlone() throws IOException {
        var out = folder.resolve("mine");
        Files.createDirectories(out);
        Files.writeString(out.resolve("letter.txt"), "mine");

        assertThatThrownBy(() -> clean(request(out, USUAL)))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("is not empty");
        assertThat(out.resolve("letter.txt")).hasContent("mine");
    }

    @Test
    void aChangedFileIsCleanedAnew() throws IOException {
        Files.writeString(rows, "{\"text\":\"the same text\"}\n".repeat(5));
        var out = folder.resolve("out");
        assertThatThrownBy(() -> clean(request(out, USUAL))).isInstanceOf(SartorException.class);
        Files.writeString(rows, "{\"text\":\"one\"}\n{\"text\":\"another one\"}\n");

        assertThat(clean(request(out, USUAL)).rows()).isEqualTo(2);
    }

    @Test
    void aColumnThatAppearsLateIsKeptAndQuotedNewlinesStayOneRow() throws IOException {
        var csv = folder.resolve("rows.csv");
        Files.writeString(csv, "text,label\n\"two\nlines\",a\nanother,b\n");
        Files.writeString(
                rows, "{\"text\":\"one\"}\n{\"text\":\"another text\",\"late\":{\"a\":[1,2]}}\n");
        clean(request(List.of(rows, csv), List.of(), folder.resolve("out"), USUAL, false));

        assertThat(
                        lines(folder.resolve("out/rows/train.jsonl"))
                                .getLast()
                                .at("/late/a/1")
                                .intValue())
                .isEqualTo(2);
        assertThat(
                        lines(folder.resolve("out/rows/rows.jsonl"))
                                .getFirst()
                                .get("text")
                                .stringValue())
                .isEqualTo("two\nlines");
    }

    /// Asks to stop when so many pieces of work were begun.
    private record Stopping(Cancellation cancellation, int[] left) implements Progress {
        @Override
        public Step begin(String what, long total, String unit) {
            if (--left[0] == 0) {
                cancellation.ask();
                throw new CancellationException();
            }
            return Progress.silent().begin(what, total, unit);
        }

        @Override
        public void say(String line) {}
    }

    private void writeMany() throws IOException {
        var text = new StringBuilder();
        var words =
                List.of(
                        "bell", "brake", "chain", "saddle", "wheel", "light", "lock", "basket",
                        "pump", "tyre", "frame", "pedal", "gear", "fork", "rack", "stand");
        var random = new Random(7);
        for (int i = 0; i < 300; i++) {
            text.append("{\"text\":\"customer").append(i % 250).append("@bikes-mail.org needs");
            for (int word = 0; word < 8; word++) {
                text.append(' ').append(words.get(random.nextInt(words.size())));
            }
            text.append("\"}\n");
            if (i % 10 == 0) {
                text.append(text, text.lastIndexOf("{"), text.length());
            }
        }
        Files.writeString(rows, text);
    }

    private CleaningReport clean(CleaningRequest request) {
        return new Cleaning(request, "1", Progress.silent(), new Cancellation()).run();
    }

    private CleaningRequest request(Path out, List<String> steps) {
        return request(List.of(rows), List.of(), out, steps, false);
    }

    private CleaningRequest request(
            List<Path> files, List<Path> against, Path out, List<String> steps, boolean yes) {
        return request(files, against, out, StatedSettings.read(steps, Map.of()), yes);
    }

    private CleaningRequest request(Path out, CurateSettings settings) {
        return request(List.of(rows), List.of(), out, settings, false);
    }

    private CleaningRequest request(
            List<Path> files, List<Path> against, Path out, CurateSettings settings, boolean yes) {
        return new CleaningRequest(
                files,
                against,
                Optional.empty(),
                Optional.empty(),
                settings,
                out,
                yes,
                1,
                folder.resolve("pseudonyms.key"),
                "none",
                () -> {
                    throw new AssertionError("no step asks for vectors");
                },
                () -> new Marking(List.of("PER", "LOC", "MISC")),
                () -> {
                    throw new AssertionError("no step fine-tunes");
                },
                _ -> Optional.empty());
    }

    private static List<JsonNode> lines(Path file) {
        try (var lines = Files.lines(file)) {
            return new ArrayList<>(lines.map(Json.mapper()::readTree).toList());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Map<String, String> bytes(Path out) throws IOException {
        var all = new TreeMap<String, String>();
        try (var files = Files.walk(out)) {
            for (var file : files.filter(Files::isRegularFile).toList()) {
                all.put(out.relativize(file).toString(), Files.readString(file));
            }
        }
        return all;
    }
}
