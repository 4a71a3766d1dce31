package dev.sartor.curate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.sartor.core.Json;
import dev.sartor.core.SartorException;
import dev.sartor.core.Split;
import dev.sartor.core.file.Sha256;
import dev.sartor.core.work.Cancellation;
import dev.sartor.core.work.Progress;
import dev.sartor.curate.look.Look;
import dev.sartor.curate.look.LookPage;
import dev.sartor.project.curation.MixtureSettings;
import dev.sartor.project.curation.StatedSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// What is done with rows beside cleaning them.
class RowCommandsTest {
    private static final Map<String, String> WORDS =
            Map.of(
                    "battery", "battery charge empty power loading cable dead",
                    "delivery", "parcel courier arrived tracking shipped address door",
                    "cancel", "cancel contract terminate ending notice subscription quit");
    private static final String FILLER =
            "please can you tell me what to do with my bike today since it";

    @TempDir Path folder;

    @Test
    void ofARepositoryFilesAreJoinedEachBehindWhatItImports() throws IOException {
        var code = Files.createDirectories(folder.resolve("code/app"));
        Files.writeString(code.resolve("main.py"), "from app.tools import help\n");
        Files.writeString(code.resolve("tools.py"), "def help(): pass\n");
        Files.writeString(code.resolve("package.json"), "{\n  \"name\": \"app\"\n}\n");
        var yaml = folder.resolve("mixture.yaml");
        Files.writeString(yaml, "sets: [{name: code, files: [code], repository: true}]\n");
        var report = new Mixing(source(), MixtureSettings.read(yaml)).mix(folder.resolve("mixed"));

        assertThat(report.notes()).contains("code: 3 files of a repository became 1 texts.");
        assertThat(report.parts().getFirst().sha256())
                .contains(Sha256.ofReadable(code.resolve("main.py")))
                .hasSize(3);
        assertThat(Files.readString(folder.resolve("mixed/mixture.jsonl")))
                .contains("\"paths\":[\"app/tools.py\",\"app/main.py\",\"app/package.json\"]")
                .contains("# app/tools.py\\ndef help()");
    }

    @Test
    void aTestRowThatStandsInTheTrainingRowsIsFoundWithItsKind() throws IOException {
        var train =
                write("train.jsonl", "Where is my parcel now, it was shipped on Monday morning?");
        var test =
                write(
                        "test.jsonl",
                        "where is my parcel now it was shipped on monday morning",
                        "Can I pay by card in the shop around the corner?");
        var found =
                new LeakSearch(source(), 0.8, Optional.empty(), RowCommandsTest::none)
                        .find(List.of(test), List.of(train));

        assertThat(found.rows()).isEqualTo(2);
        assertThat(found.leaking()).containsExactly(Map.entry("folded", 1));
        assertThat(found.pairs().getFirst().test().line()).isEqualTo(1);
        assertThat(found.pairs().getFirst().other().file()).isEqualTo(train.toString());
    }

    @Test
    void rowsThatMeanTheSameAreToldByTheirVectorsWhereTheseAreAskedFor() throws IOException {
        var train = write("train.jsonl", "courier parcel tracking door address");
        var test = write("test.jsonl", "address door tracking parcel courier");
        var search = new LeakSearch(source(), 0.9, Optional.of(0.99), WordVectors::new);

        assertThat(search.find(List.of(test), List.of(train)).leaking()).containsKey("semantic");
    }

    @Test
    void everyRowIsInOneSplitAndAGroupIsNeverDivided() throws IOException {
        var rows = messages(300, true);
        var out = folder.resolve("split");
        var report =
                new Splitting(source())
                        .split(List.of(rows), split(List.of("customer"), Optional.of(0.9)), out);

        var groups = new ArrayList<java.util.Set<String>>();
        int count = 0;
        for (var file : report.files().values()) {
            var lines = lines(out.resolve(file.file()));
            count += lines.size();
            groups.add(
                    new java.util.HashSet<>(
                            lines.stream()
                                    .map(each -> each.get("customer").stringValue())
                                    .toList()));
        }
        assertThat(count).isEqualTo(300);
        assertThat(groups).hasSize(3);
        assertThat(groups.get(0)).doesNotContainAnyElementsOf(groups.get(2));
        assertThat(groups.get(1)).doesNotContainAnyElementsOf(groups.get(2));
        assertThat(out.resolve("split.json")).exists();
    }

    @Test
    void aFieldThatNoRowHasIsRefusedByName() throws IOException {
        var rows = messages(30, false);

        assertThatThrownBy(() ->
                        new Splitting(source())
                                .split(
                                        List.of(rows),
                                        split(List.of("client"), Optional.empty()),
                                        folder.resolve("split")))
                .isInstanceOf(SartorException.class)
                .hasMessageContaining("--group")
                .hasMessageContaining("client");
    }

    @Test
    void aLookCountsLabelsDuplicatesAndContradictions() throws IOException {
        var rows = folder.resolve("rows.jsonl");
        Files.writeString(
                rows,
                """
                {"text":"Where is it?","label":"a"}
                {"text":"where is it","label":"b"}
                {"text":"Thank you <b>","label":"b","late":3}
                """);
        var look = new Looking(source(), 1, WordVectors::new).at(List.of(rows));

        assertThat(look.rows()).isEqualTo(3);
        assertThat(look.duplicates()).isEqualTo(1);
        assertThat(look.labels())
                .containsExactly(new Look.LabelCount("b", 2), new Look.LabelCount("a", 1));
        assertThat(look.contradictions().getFirst().labels()).containsExactly("a", "b");
        assertThat(look.fields())
                .extracting(Look.Field::name)
                .containsExactly("text", "label", "late");
        assertThat(LookPage.of(look, "rows"))
                .contains("Thank you &lt;b&gt;")
                .doesNotContain("<b>Thank");
    }

    @Test
    void rowsWithoutALabelAreChosenAndWrittenAsATable() throws IOException {
        var rows = messages(120, false);
        Files.writeString(
                rows,
                """
                {"text":"courier parcel, \\"late\\""}
                {"text":"no idea at all","label":""}
                """,
                StandardOpenOption.APPEND);
        var chosen =
                new Labelling(source(), 1, WordVectors::new)
                        .choose(List.of(rows), 5, Optional.empty());

        assertThat(chosen.labelled()).isEqualTo(120);
        assertThat(chosen.tried()).isNotEmpty();
        assertThat(chosen.rows()).hasSize(2);
        Labelling.write(chosen, folder.resolve("next.csv"));
        assertThat(folder.resolve("next.csv"))
                .content()
                .startsWith("file,line,text,label\r\n")
                .contains("\"courier parcel, \"\"late\"\"\"");
    }

    @Test
    void withEnoughLabelsItSaysWhatEachFurtherHundredWouldBring() throws IOException {
        var few = messages(150, false);
        Files.writeString(few, "{\"text\":\"no idea at all\"}\n", StandardOpenOption.APPEND);
        assertThat(
                        new Labelling(source(), 1, WordVectors::new)
                                .choose(List.of(few), 1, Optional.of("random"))
                                .gains())
                .isEmpty();

        var rows = noisy(messages(400, false));
        Files.writeString(rows, "{\"text\":\"no idea at all\"}\n", StandardOpenOption.APPEND);
        var chosen =
                new Labelling(source(), 1, WordVectors::new)
                        .choose(List.of(rows), 1, Optional.of("random"));

        assertThat(chosen.labelled()).isEqualTo(400);
        assertThat(chosen.gains())
                .hasSize(3)
                .isSortedAccordingTo(Comparator.reverseOrder())
                .allMatch(gain -> gain >= 0);
    }

    @Test
    void anUnknownStrategyIsRefusedWithTheKnownOnes() throws IOException {
        var rows = messages(10, false);

        assertThatThrownBy(() ->
                        new Labelling(source(), 1, WordVectors::new)
                                .choose(List.of(rows), 5, Optional.of("badgr")))
                .isInstanceOf(SartorException.class);
    }

    @Test
    void aCurveRisesAndForecastsMoreRowsWithAnInterval() throws IOException {
        var found =
                new CurveMeasurement(source(), 4, 4, 1, WordVectors::new)
                        .measure(List.of(messages(400, false)), List.of(), List.of(1000));

        assertThat(found.sizes()).hasSize(4);
        assertThat(found.train() + found.test()).isEqualTo(400);
        var forecast = found.forecasts().getLast();
        assertThat(forecast.rows()).isEqualTo(1000);
        assertThat(forecast.accuracy()).isBetween(forecast.low(), forecast.high());
        assertThat(found.sizes().getLast().accuracy())
                .isGreaterThan(found.sizes().getFirst().accuracy() - 0.02);
    }

    @Test
    void cleaningLabelsIsShownToHelpAndAUselessStepIsNot() throws IOException {
        var rows = noisy(messages(600, false));
        var request =
                new CleaningRequest(
                        List.of(rows),
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        StatedSettings.read(List.of("toxicity", "wrong_labels"), Map.of()),
                        folder.resolve("cleaned"),
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
                        _ -> Optional.empty());
        var cleaned = new Cleaning(request, "1", Progress.silent(), new Cancellation()).run();
        var tests = folder.resolve("tests.jsonl");
        Files.move(messages(500, false, 99), tests);
        var worth =
                new Ablation(request, 5, Progress.silent(), new Cancellation())
                        .measure(cleaned, List.of(tests), folder.resolve("ablation"));

        assertThat(worth.steps())
                .extracting(Ablation.Worth::step)
                .containsExactly("toxicity", "wrong_labels");
        assertThat(worth.steps().get(0).finding()).isEqualTo(Ablation.Finding.NOT_SHOWN_TO_HELP);
        assertThat(worth.steps().get(0).difference()).isZero();
        assertThat(worth.steps().get(1).finding()).isEqualTo(Ablation.Finding.HELPS);
    }

    @Test
    void aCardCountsAndAsksWhatNoProgramKnows() throws IOException {
        var made =
                new CardMaking(source(), _ -> Optional.of("english"))
                        .make(
                                new CardMaking.Request(
                                        "help desk",
                                        Optional.of("CC-BY-4.0"),
                                        Map.of(Split.TRAIN, messages(30, false)),
                                        Optional.empty(),
                                        Optional.empty()));

        assertThat(made.markdown())
                .contains("help desk")
                .contains("num_examples: 30")
                .contains("battery");
        assertThat(made.unanswered()).containsKey("purpose");
    }

    private RowSource source() {
        return new RowSource(
                Optional.empty(),
                Optional.empty(),
                folder.resolve("work-" + System.nanoTime()),
                Progress.silent(),
                new Cancellation());
    }

    private static Splitting.Settings split(List<String> groups, Optional<Double> near) {
        return new Splitting.Settings(
                Optional.empty(), "0.1", "0.2", true, groups, Optional.empty(), near, 1);
    }

    private static WordVectors none() {
        throw new AssertionError("nobody asked for vectors");
    }

    private Path write(String name, String... texts) throws IOException {
        var file = folder.resolve(name);
        var lines = new StringBuilder();
        for (var text : texts) {
            lines.append(Json.line(Map.of("text", text))).append('\n');
        }
        Files.writeString(file, lines);
        return file;
    }

    private Path messages(int count, boolean withCustomers) throws IOException {
        return messages(count, withCustomers, 5);
    }

    /// Three labels with words of their own, among words that all share.
    private Path messages(int count, boolean withCustomers, long seed) throws IOException {
        var random = new Random(seed);
        var lines = new StringBuilder();
        var labels = List.of("battery", "cancel", "delivery");
        var filler = FILLER.split(" ", -1);
        for (int i = 0; i < count; i++) {
            var label = labels.get(i % 3);
            var own = WORDS.getOrDefault(label, "").split(" ", -1);
            var text = new StringBuilder();
            for (int word = 0; word < 7; word++) {
                boolean isOwn = random.nextInt(3) == 0;
                text.append(
                                isOwn
                                        ? own[random.nextInt(own.length)]
                                        : filler[random.nextInt(filler.length)])
                        .append(' ');
            }
            var row = Json.mapper().createObjectNode();
            row.put("text", text.append(own[random.nextInt(own.length)]).toString())
                    .put("label", label);
            if (withCustomers) {
                row.put("customer", "c" + random.nextInt(60));
            }
            lines.append(row).append('\n');
        }
        var file = folder.resolve("messages-" + seed + ".jsonl");
        Files.writeString(file, lines);
        return file;
    }

    /// A third of the rows gets a wrong label, most of them of one kind.
    private Path noisy(Path rows) throws IOException {
        var random = new Random(8);
        var lines = new StringBuilder();
        for (var row : lines(rows)) {
            var changed = ((tools.jackson.databind.node.ObjectNode) row).deepCopy();
            if (random.nextInt(3) == 0) {
                changed.put(
                        "label",
                        row.get("label").stringValue().equals("battery") ? "cancel" : "battery");
            }
            lines.append(changed).append('\n');
        }
        var file = folder.resolve("noisy.jsonl");
        Files.writeString(file, lines);
        return file;
    }

    private static List<JsonNode> lines(Path file) throws IOException {
        try (var lines = Files.lines(file)) {
            return lines.map(Json.mapper()::readTree).toList();
        }
    }
}
